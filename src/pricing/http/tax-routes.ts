import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import {
  answerJson,
  answerProblem,
  expectedOf,
  jsonAnswer,
  problemAnswers,
  validate,
  versionEtag,
  type WebEnv,
} from "#web";
import type { TaxDesk } from "../app/tax-desk.ts";
import { pricingProblem } from "./problems.ts";
import {
  countryAnswer,
  countryParam,
  MAX_RULES_BODY_BYTES,
  ratesAnswer,
  ratesBody,
  renderCountry,
  renderRule,
  renderSettings,
  rulesAnswer,
  rulesBody,
  settingsAnswer,
  settingsBody,
  toRates,
  toRules,
} from "./tax-schemas.ts";

type Options = { readonly desk: (c: Context<WebEnv>) => TaxDesk };

const TAGS = ["Tax"];
const SAVED = problemAnswers(400, 401, 412, 413, 415, 422);

/** Rates, rules and how the shop stands to the EU's, for staff and systems. Mounted under /admin/api. */
export function createTaxApi(options: Options): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  addReads(app, options);
  addWrites(app, options);
  addSettings(app, options);
  return app;
}

function addReads(app: Hono<WebEnv>, { desk }: Options): void {
  app.get(
    "/tax-rates",
    describeRoute({
      summary: "All tax rates",
      tags: TAGS,
      responses: { 200: jsonAnswer("The list", ratesAnswer), ...problemAnswers(401) },
    }),
    async (c) => c.json({ items: await desk(c).rates() }),
  );
  app.get(
    "/tax-rules",
    describeRoute({
      summary: "Rates of states and provinces, and rates that begin later",
      tags: TAGS,
      responses: { 200: jsonAnswer("The list", rulesAnswer), ...problemAnswers(401) },
    }),
    async (c) => c.json({ items: (await desk(c).rules()).map(renderRule) }),
  );
  app.get(
    "/tax-countries/:country",
    describeRoute({
      summary: "Rates and rules of one country",
      description: "The ETag is the version, for If-Match of both its rates and its rules.",
      tags: TAGS,
      responses: { 200: jsonAnswer("The country", countryAnswer), ...problemAnswers(401, 422) },
    }),
    validate("param", countryParam),
    async (c) => {
      const tax = await desk(c).country(c.req.valid("param").country);
      return answerJson(c, renderCountry(tax), versionEtag(tax.version));
    },
  );
}

function addWrites(app: Hono<WebEnv>, { desk }: Options): void {
  app.put(
    "/tax-rates/:country",
    describeRoute({
      summary: "Replace the rates of a country",
      description: "`If-Match` guards against overwriting.",
      tags: TAGS,
      responses: { 200: jsonAnswer("As stored", ratesAnswer), ...SAVED },
    }),
    validate("param", countryParam),
    validate("json", ratesBody),
    async (c) => {
      const { country } = c.req.valid("param");
      const rates = toRates(country, c.req.valid("json").rates);
      const saved = await desk(c).saveCountry(country, { rates }, expectedOf(c).expectedVersion);
      if (!saved.ok) return answerProblem(c, pricingProblem(saved.refusal));
      return answerJson(c, { items: saved.value.rates }, versionEtag(saved.value.version));
    },
  );
  app.put(
    "/tax-rules/:country",
    describeRoute({
      summary: "Replace the rules of a country",
      description:
        "They go before the country's base rates; the newest that has begun holds. `If-Match` guards against overwriting.",
      tags: TAGS,
      responses: { 200: jsonAnswer("As stored", rulesAnswer), ...SAVED },
    }),
    validate("param", countryParam),
    validate("json", rulesBody, MAX_RULES_BODY_BYTES),
    async (c) => {
      const { country } = c.req.valid("param");
      const rules = toRules(country, c.req.valid("json").rules);
      const saved = await desk(c).saveCountry(country, { rules }, expectedOf(c).expectedVersion);
      if (!saved.ok) return answerProblem(c, pricingProblem(saved.refusal));
      const items = saved.value.rules.map(renderRule);
      return answerJson(c, { items }, versionEtag(saved.value.version));
    },
  );
}

function addSettings(app: Hono<WebEnv>, { desk }: Options): void {
  app.get(
    "/tax-settings",
    describeRoute({
      summary: "How the shop stands to the EU's threshold",
      tags: TAGS,
      responses: {
        200: jsonAnswer("The settings; only a version until somebody has said", settingsAnswer),
        ...problemAnswers(401),
      },
    }),
    async (c) => {
      const stored = await desk(c).settings();
      return answerJson(c, renderSettings(stored), versionEtag(stored.version));
    },
  );
  app.put(
    "/tax-settings",
    describeRoute({
      summary: "Say how the shop stands to the EU's threshold",
      description: "`If-Match` guards against overwriting.",
      tags: TAGS,
      responses: { 200: jsonAnswer("As stored", settingsAnswer), ...SAVED },
    }),
    validate("json", settingsBody),
    async (c) => {
      const saved = await desk(c).saveSettings(c.req.valid("json"), expectedOf(c).expectedVersion);
      if (!saved.ok) return answerProblem(c, pricingProblem(saved.refusal));
      return answerJson(c, renderSettings(saved.value), versionEtag(saved.value.version));
    },
  );
}
