import type { HomeBlock } from "#content";
import { Page, type ShopChrome } from "#web";
import { JsonLd, OpenGraph, absolute } from "./head-data.tsx";
import { Block, heroPicture, type HomeGoods } from "./home-blocks.tsx";
import { shopData } from "./product-data.ts";

export type HomePageView = {
  /** The first is the hero, with the page's h1. */
  readonly blocks: readonly HomeBlock[];
  readonly goods: HomeGoods;
  readonly origin: string;
  /** ISO 3166-1 alpha-2: where the shop is at home. */
  readonly country: string;
  readonly chrome: ShopChrome;
};

/** The range and the character of the shop in one screen. */
export const HomePage = ({ blocks, goods, origin, country, chrome }: HomePageView) => {
  const description = blocks[0]?.text ?? "";
  const hero = blocks[0] && heroPicture(blocks[0], goods);
  return (
    <Page
      title={chrome.name}
      description={description}
      canonical={`${origin}/`}
      kind="home"
      script="home"
      chrome={chrome}
      path="/"
      head={
        <>
          <OpenGraph
            title={chrome.name}
            description={description}
            url={`${origin}/`}
            kind="website"
            siteName={chrome.name}
            image={hero && absolute(origin, hero.url)}
            imageAlt={hero?.alt}
          />
          <JsonLd data={shopData(chrome.name, origin, country)} />
        </>
      }
    >
      {blocks.map((block, index) => (
        <Block block={block} index={index} goods={goods} />
      ))}
      <seen-lately />
    </Page>
  );
};
