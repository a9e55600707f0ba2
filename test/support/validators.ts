import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import Validator from "@adobe/structured-data-validator";
import { validateXML } from "xmllint-wasm";

const require = createRequire(import.meta.url);
/** The schemas of sitemaps.org, as the package `sitemap` carries them. */
const SCHEMAS = join(dirname(require.resolve("sitemap/package.json")), "schema");

/** What the schema of sitemaps.org says against a sitemap or an index of them. */
export async function schemaFaults(fileName: string, xml: string): Promise<readonly string[]> {
  const isIndex = xml.includes("<sitemapindex");
  const schema = isIndex ? INDEX_SCHEMA : await readFile(join(SCHEMAS, "sitemap.xsd"), "utf8");
  const { errors } = await validateXML({
    xml: [{ fileName: fileName.replaceAll("/", "_"), contents: xml }],
    schema: [schema],
  });
  return errors.map(({ message }) => message);
}

/** siteindex.xsd of sitemaps.org, without its documentation: the package has only the schema of one file. */
const INDEX_SCHEMA = `<?xml version="1.0" encoding="UTF-8"?>
<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.sitemaps.org/schemas/sitemap/0.9"
  xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" elementFormDefault="qualified">
  <xsd:element name="sitemapindex"><xsd:complexType><xsd:sequence>
    <xsd:element name="sitemap" type="tSitemap" maxOccurs="unbounded"/>
  </xsd:sequence></xsd:complexType></xsd:element>
  <xsd:complexType name="tSitemap"><xsd:all>
    <xsd:element name="loc" type="tLoc"/>
    <xsd:element name="lastmod" type="xsd:date" minOccurs="0"/>
  </xsd:all></xsd:complexType>
  <xsd:simpleType name="tLoc"><xsd:restriction base="xsd:anyURI">
    <xsd:minLength value="12"/><xsd:maxLength value="2048"/>
  </xsd:restriction></xsd:simpleType>
</xsd:schema>`;

type Node = Readonly<Record<string, unknown>>;

/** What search engines would refuse in a page's data, by the rules of schema.org types and of rich results. */
export async function dataFaults(html: string): Promise<readonly string[]> {
  const documents = [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(
    ([, json = ""]) => JSON.parse(json) as Node,
  );
  if (documents.length === 0) return ["no data"];
  const jsonld: Record<string, Node[]> = {};
  for (const node of documents.flatMap((each) => (each["@graph"] as Node[] | undefined) ?? [each]))
    (jsonld[String(node["@type"])] ??= []).push(node);
  const issues = await new Validator().validate({ jsonld, microdata: {}, rdfa: {}, errors: [] });
  return issues
    .filter(({ severity }) => severity === "ERROR")
    .map(({ issueMessage, path }) => `${path.map(({ type }) => type).join("/")}: ${issueMessage}`);
}
