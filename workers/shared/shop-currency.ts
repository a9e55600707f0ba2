/** Currency of the variants' own prices; a setting of the merchant when it gets a page. */
export const SHOP_CURRENCY = "EUR";
