import "./base.ts";
import "./seen.ts";
