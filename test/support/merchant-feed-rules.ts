/**
 * The published rules of Google's product data specification, as far as this shop's items meet them: required attributes,
 * lengths, formats, and what must stand together. Gives one sentence for each rule that a feed breaks.
 */
export function brokenFeedRules(text: string): readonly string[] {
  const lines = text.split("\n");
  if (lines.at(-1) !== "") return ["The last line does not end."];
  const [head = "", ...rows] = lines.slice(0, -1);
  const columns = head.split("\t");
  const ids = new Set<string>();
  return [
    ...REQUIRED.filter((name) => !columns.includes(name)).map((name) => `There is no column ${name}.`),
    ...rows.flatMap((row, index) => {
      const cells = row.split("\t");
      if (cells.length !== columns.length) return [`Line ${index + 2} has ${cells.length} cells.`];
      const item = Object.fromEntries(columns.map((name, at): [string, string] => [name, cells[at] ?? ""]));
      const id = item["id"] ?? "";
      const isAgain = ids.has(id);
      ids.add(id);
      return [...(isAgain ? [`The id ${id} stands twice.`] : []), ...rulesOf(item)].map(
        (rule) => `Line ${index + 2} (${id}): ${rule}`,
      );
    }),
  ];
}

/** Items of a feed by column. */
export function feedItems(text: string): readonly Readonly<Record<string, string>>[] {
  const [head = "", ...rows] = text.trimEnd().split("\n");
  const columns = head.split("\t");
  return rows.map((row) =>
    Object.fromEntries(row.split("\t").map((cell, at): [string, string] => [columns[at] ?? "", cell])),
  );
}

const REQUIRED = ["id", "title", "description", "link", "image_link", "availability", "price"];
const MOST: Readonly<Record<string, number>> = {
  id: 50,
  title: 150,
  description: 5_000,
  link: 2_000,
  image_link: 2_000,
  brand: 70,
  mpn: 70,
  gtin: 50,
  item_group_id: 50,
  color: 100,
  size: 100,
  material: 200,
  product_type: 750,
};
const PRICE = /^\d+(?:\.\d{1,3})? [A-Z]{3}$/;
const FORMATS: Readonly<Record<string, RegExp>> = {
  availability: /^(?:in_stock|out_of_stock|preorder|backorder)$/,
  availability_date: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z$/,
  price: PRICE,
  sale_price: PRICE,
  condition: /^(?:new|refurbished|used)$/,
  identifier_exists: /^(?:yes|no)$/,
  gtin: /^(?:\d{8}|\d{12}|\d{13}|\d{14})$/,
  shipping_weight: /^\d+(?:\.\d+)? (?:g|kg|lb|oz)$/,
  shipping:
    /^[A-Z]{2}:[^:,]*:[^:,]*:\d+(?:\.\d{1,3})? [A-Z]{3}(?:,[A-Z]{2}:[^:,]*:[^:,]*:\d+(?:\.\d{1,3})? [A-Z]{3})*$/,
  link: /^https?:\/\/[^\s]+$/,
  image_link: /^https?:\/\/[^\s]+$/,
};

function rulesOf(item: Readonly<Record<string, string>>): readonly string[] {
  const of = (name: string): string => item[name] ?? "";
  const amountOf = (name: string): number => Number(of(name).split(" ")[0]);
  const more = of("additional_image_link");
  return [
    ...REQUIRED.filter((name) => of(name) === "").map((name) => `${name} is empty`),
    ...Object.entries(MOST)
      .filter(([name, most]) => Array.from(of(name)).length > most)
      .map(([name, most]) => `${name} has more than ${most} characters`),
    ...Object.entries(FORMATS)
      .filter(([name, format]) => of(name) !== "" && !format.test(of(name)))
      .map(([name]) => `${name} is written wrong: ${of(name)}`),
    ...(amountOf("price") > 0 ? [] : ["price is nothing"]),
    ...(of("sale_price") === "" || amountOf("sale_price") < amountOf("price")
      ? []
      : ["sale_price is no less than price"]),
    ...(/^(?:preorder|backorder)$/.test(of("availability")) && of("availability_date") === ""
      ? ["availability_date is missing"]
      : []),
    // Two of brand, gtin and mpn identify a new product; without them the feed has to say so.
    ...([of("brand"), of("gtin"), of("mpn")].filter((text) => text !== "").length >= 2 ||
    of("identifier_exists") === "no"
      ? []
      : ["nothing identifies it"]),
    ...(of("gtin") === "" || hasCheckDigit(of("gtin"))
      ? []
      : [`gtin has a wrong check digit: ${of("gtin")}`]),
    ...(more.split(",").length > 10 ? ["more than ten further pictures"] : []),
    ...(/<[a-z][^>]*>/i.test(of("description")) ? ["description has mark-up"] : []),
  ];
}

function hasCheckDigit(gtin: string): boolean {
  const digits = Array.from(gtin.padStart(14, "0"), Number);
  const sum = digits.slice(0, 13).reduce((total, digit, at) => total + digit * (at % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10 === digits[13];
}
