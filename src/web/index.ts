export { type WebEnv, type WebVariables } from "./web-env.ts";
export { MAX_FORM_BODY_BYTES, MAX_IDEMPOTENCY_KEY_CHARACTERS, MAX_JSON_BODY_BYTES } from "./limits.ts";
export {
  PROBLEM_CONTENT_TYPE,
  answerProblem,
  bodyTooLargeProblem,
  brokenBodyProblem,
  crossOriginProblem,
  idempotencyKeyProblem,
  internalProblem,
  invalidFieldsProblem,
  notFoundProblem,
  problemResponse,
  requestIdOf,
  tooManyRequestsProblem,
  wrongContentTypeProblem,
} from "./problems/problem-response.ts";
export { WEB_PROBLEM_TYPES, type ProblemTypeEntry } from "./problems/problem-types.ts";
export { createProblemPages } from "./problems/problem-pages.tsx";
export { tooManyRequestsPage } from "./problems/error-page.ts";
export { LANGUAGE_COOKIE, placeOfTrouble } from "./requests/place-of-trouble.ts";
export { createErrorHandler, createNotFoundHandler, isApiPath } from "./problems/handlers.ts";
export {
  formDataOf,
  readBytes,
  readForm,
  readJson,
  refuseProblem,
  type FormFields,
  type ProblemRefusal,
} from "./requests/read-body.ts";
export { fieldErrors, validate } from "./requests/validate.ts";
export { parseIdempotencyKey, readIdempotencyKey } from "./requests/idempotency-key.ts";
export { speechOf } from "./requests/speech-of.ts";
export { requestContext } from "./requests/request-context.ts";
export { requireSameOrigin } from "./requests/same-origin.ts";
export {
  CACHE_TAG_HEADER,
  EDGE_CACHE_HEADER,
  EDGE_STALE_WHILE_SECONDS,
  PRIVATE_NO_STORE,
  isPublicAnswer,
  privateByDefault,
  privateOnly,
  publicCache,
} from "./answers/cache-class.ts";
export { changeHeaders } from "./answers/change-headers.ts";
export { answerJson, etagMatches, expectedOf, parseVersionEtag, versionEtag } from "./answers/etag.ts";
export { publicSecurityHeaders, securityHeaders } from "./answers/security-headers.ts";
export { htmlPage } from "./answers/html.ts";
export { isCataloguePath } from "./answers/prefix-links.ts";
export { jsonAnswer, moneySchema, problemAnswers, problemSchema } from "./openapi.ts";
export {
  DEFAULT_LOCALE,
  formatClock,
  formatDate,
  formatDay,
  formatDayRange,
  formatInstant,
  formatMinor,
  formatMinorShort,
  formatMoney,
  plural,
  speechFor,
  type PluralWords,
  type Speech,
} from "#words";
export { useNavigation, useSpeech } from "./parts/use-speech.ts";
export { jsonForScript } from "./format/json-script.ts";
export {
  LOW_STOCK_BELOW,
  stockNote,
  stockSentence,
  type StockFacts,
  type StockWords,
} from "./format/stock-words.ts";
export { type AssetManifest, type ScriptName } from "./asset-manifest-type.ts";
export { Page, assets, type PageProps } from "./parts/page.tsx";
export { DEFAULT_CHROME, type NavLink, type ShopChrome } from "./parts/shop-chrome.ts";
export { Icon, type IconName } from "./parts/icon.tsx";
export { Crumbs } from "./parts/crumbs.tsx";
export { Picture, pictureUrl, type PictureModel } from "./parts/picture.tsx";
export { Gallery } from "./parts/gallery.tsx";
export { Price } from "./parts/price.tsx";
export { PlaceInput } from "./parts/place-input.tsx";
export { PriceSteps, type PriceStep } from "./parts/price-steps.tsx";
export { HOME_PLACE, usePlace, type PlaceLink, type ShopPlace } from "./parts/shop-place.ts";
export { StockLine } from "./parts/stock-line.tsx";
export {
  ArrivalLine,
  deliveryCost,
  type DeliveryCountry,
  type DeliveryEstimate,
} from "./parts/delivery-line.tsx";
export { CardGrid, ProductCard, type ProductCardModel } from "./parts/product-card.tsx";
export { LINKS_UP_TO, OptionForms, OptionLinks, type OptionLink } from "./parts/option-links.tsx";
export { QuantityField } from "./parts/quantity-field.tsx";
export { Pager } from "./parts/pager.tsx";
export { Field, type FieldProps } from "./parts/field.tsx";
export { CheckBox, Choice, type ChoiceOption } from "./parts/choice.tsx";
export { ErrorSummary, type SummaryError } from "./parts/error-summary.tsx";
export { Notice, type NoticeTone } from "./parts/notice.tsx";
export { Steps, type Step } from "./parts/steps.tsx";
export { OrderSummary, type SummaryLine } from "./parts/order-summary.tsx";
export { Timeline, type TimelineStep } from "./parts/timeline.tsx";
export { DataTable, type TableColumn } from "./parts/data-table.tsx";
export { Empty } from "./parts/empty.tsx";
