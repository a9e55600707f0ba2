/** Facts of refusals, for whoever puts them into words. */
export { type MovedLine, type TotalChange } from "../domain/total-change.ts";
