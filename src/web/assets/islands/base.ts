import "./suggest.ts";
import "./tell.ts";
import { island, showCartCount } from "./shared.ts";

island("cart-count", showCartCount);
// A page that Back restores from memory shows the count of now.
addEventListener("pageshow", showCartCount);
