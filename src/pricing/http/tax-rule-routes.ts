import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import * as z from "zod";
import { epochMs, PPM, toIso } from "#kernel";
import { jsonAnswer, problemAnswers, validate, type WebEnv } from "#web";
import type { TaxRule, TaxSettings } from "../contract.ts";
import { MAX_TAX_RULES_PER_COUNTRY } from "../domain/limits.ts";

export type TaxRuleOptions = {
  readonly rules: (c: Context) => Promise<readonly TaxRule[]>;
  readonly saveRules: (c: Context, country: string, rules: readonly TaxRule[]) => Promise<void>;
  readonly settings: (c: Context) => Promise<TaxSettings | undefined>;
  readonly saveSettings: (c: Context, settings: TaxSettings) => Promise<void>;
};

const TAGS = ["Tax"];
const MAX_RULES_BODY_BYTES = 128 * 1024;

const countryField = z.string().regex(/^[A-Z]{2}$/, "Use two capital letters, such as US.");
const countryParam = z.object({ country: countryField });
const ruleFields = {
  region: z
    .string()
    .regex(/^[A-Z0-9]{0,3}$/, "Use the code of a state, such as CA, or nothing for the whole country."),
  taxClass: z.enum(["standard", "reduced", "zero"]),
  ratePpm: z.int().min(0).max(PPM).describe("Parts per million: 72500 is 7.25 %."),
  taxesDelivery: z.boolean().default(true).describe("Whether delivery is taxed as the goods are."),
  validFrom: z.iso.datetime({ offset: true }).optional().describe("Absent: since ever."),
};
const rulesBody = z.strictObject({
  rules: z.array(z.strictObject(ruleFields)).max(MAX_TAX_RULES_PER_COUNTRY),
});
const ruleAnswer = z.object({ country: z.string(), ...ruleFields }).meta({ id: "TaxRule" });
const rulesAnswer = z.object({ items: z.array(ruleAnswer) });
const settingsBody = z.strictObject({
  originCountry: countryField.describe("Where the shop sells from."),
  isAboveThreshold: z
    .boolean()
    .describe(
      "Sales into other EU countries are above 10,000 EUR a year, or the shop uses the One Stop Shop: the destination's rate holds. Otherwise the origin's.",
    ),
});

const render = ({ validFromMs, ...rule }: TaxRule) => ({
  ...rule,
  ...(validFromMs === 0 ? {} : { validFrom: toIso(epochMs(validFromMs)) }),
});

/** Rates of regions and rates to come, and the EU's threshold. Mounted under /admin/api. */
export function createTaxRuleApi(options: TaxRuleOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get(
    "/tax-rules",
    describeRoute({
      summary: "Rates of states and provinces, and rates that begin later",
      tags: TAGS,
      responses: { 200: jsonAnswer("The list", rulesAnswer), ...problemAnswers(401) },
    }),
    async (c) => c.json({ items: (await options.rules(c)).map(render) }),
  );
  app.put(
    "/tax-rules/:country",
    describeRoute({
      summary: "Replace the rules of a country",
      description: "They go before the country's base rates; the newest that has begun holds.",
      tags: TAGS,
      responses: { 200: jsonAnswer("As stored", rulesAnswer), ...problemAnswers(400, 401, 413, 415, 422) },
    }),
    validate("param", countryParam),
    validate("json", rulesBody, MAX_RULES_BODY_BYTES),
    async (c) => {
      const { country } = c.req.valid("param");
      const rules = c.req.valid("json").rules.map(({ validFrom, ...rule }) => ({
        country,
        ...rule,
        validFromMs: validFrom === undefined ? 0 : Date.parse(validFrom),
      }));
      const byKey = new Map(
        rules.map((rule) => [`${rule.region} ${rule.taxClass} ${rule.validFromMs}`, rule]),
      );
      await options.saveRules(c, country, [...byKey.values()]);
      return c.json({ items: [...byKey.values()].map(render) });
    },
  );
  addSettings(app, options);
  return app;
}

function addSettings(app: Hono<WebEnv>, options: TaxRuleOptions): void {
  app.get(
    "/tax-settings",
    describeRoute({
      summary: "How the shop stands to the EU's threshold",
      tags: TAGS,
      responses: {
        200: jsonAnswer("The settings; empty until somebody has said", settingsBody.partial()),
        ...problemAnswers(401),
      },
    }),
    async (c) => c.json((await options.settings(c)) ?? {}),
  );
  app.put(
    "/tax-settings",
    describeRoute({
      summary: "Say how the shop stands to the EU's threshold",
      tags: TAGS,
      responses: { 200: jsonAnswer("As stored", settingsBody), ...problemAnswers(400, 401, 413, 415, 422) },
    }),
    validate("json", settingsBody),
    async (c) => {
      const settings = c.req.valid("json");
      await options.saveSettings(c, settings);
      return c.json(settings);
    },
  );
}
