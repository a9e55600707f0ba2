import { speechFor, type Speech } from "#words";
import { DEFAULT_CHROME, type NavLink } from "./shop-chrome.ts";
import { usePlace } from "./shop-place.ts";

/** How the shop speaks on the page that is being rendered. */
export const useSpeech = (): Speech => speechFor(usePlace().locale);

/** Ways into the shop's collections, on pages that bring no header of their own. */
export const useNavigation = (): readonly NavLink[] => usePlace().navigation ?? DEFAULT_CHROME.navigation;
