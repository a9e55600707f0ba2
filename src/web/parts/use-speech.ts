import { speechFor, type Speech } from "#words";
import { DEFAULT_CHROME, type NavLink, type ShopChrome } from "./shop-chrome.ts";
import { usePlace } from "./shop-place.ts";

/** How the shop speaks on the page that is being rendered. */
export const useSpeech = (): Speech => speechFor(usePlace().locale);

/** Ways into the shop's collections, on pages that bring no header of their own. */
export const useNavigation = (): readonly NavLink[] => usePlace().navigation ?? DEFAULT_CHROME.navigation;

/** Header and footer of a page that brings none of its own. */
export function useChrome(): ShopChrome {
  const { texts = [] } = usePlace();
  return { ...DEFAULT_CHROME, navigation: useNavigation(), texts };
}
