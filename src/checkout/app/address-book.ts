/** The rules of addresses for pages and schemas: which country needs what, and in which words. */
export {
  addressForm,
  addressLabel,
  EXTRA_FIELDS,
  type AddressField,
  type AddressForm,
  type AddressLabel,
} from "../domain/address-forms.ts";
export { parseAddress, type AddressInput, type FieldMistake } from "../domain/address.ts";
export { COUNTRY_CODES, parseCountry } from "../domain/countries.ts";
export { EMAIL_SENTENCE, parseEmail, suggestEmail } from "../domain/email.ts";
export { cleanPostcode, POSTCODES } from "../domain/postcodes.ts";
