import { stockNote, type StockFacts } from "../format/stock-words.ts";
import { Picture, type PictureModel } from "./picture.tsx";
import { Price } from "./price.tsx";
import { useSpeech } from "./use-speech.ts";

/** What a card shows, in the shape of the catalogue's `ProductCard`. */
export type ProductCardModel = StockFacts & {
  readonly handle: string;
  readonly title: string;
  readonly currency: string;
  readonly priceMinMinor: number;
  readonly priceMaxMinor: number;
  readonly compareAtMinor?: number;
  readonly picture?: PictureModel;
  readonly secondPicture?: PictureModel;
  /** Colours that can be chosen; the picture shows one. */
  readonly colourCount?: number;
  /** Why it is shown, in words, where it is recommended. */
  readonly reason?: string;
};

export type ProductCardProps = {
  readonly card: ProductCardModel;
  /** True for the first row of a list: its pictures are not lazy. */
  readonly isFirst?: boolean;
  /** Level of the title; 2 in lists right below the h1. */
  readonly level?: 2 | 3;
};

/** Two, three or four cards beside each other. */
const SIZES = "(width >= 75em) 19rem, (width >= 40em) 33vw, 50vw";

/** One product in a list: one link over the whole area, price, then only what is out of the ordinary. */
export const ProductCard = ({ card, isFirst = false, level = 3 }: ProductCardProps) => {
  const speech = useSpeech();
  const note = stockNote(card, speech);
  const moreColours = (card.colourCount ?? 0) - 1;
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <article class={card.availability === "sold_out" ? "card card-gone" : "card"}>
      <div class="card-pictures">
        <Picture picture={card.picture} alt="" isFirst={isFirst} sizes={SIZES} class="card-picture" />
        {card.secondPicture && (
          <Picture
            picture={card.secondPicture}
            alt=""
            sizes={SIZES}
            class="card-picture card-picture-second"
          />
        )}
      </div>
      <Heading class="card-title">
        <a href={`/products/${encodeURIComponent(card.handle)}`} dir="auto">
          {card.title}
        </a>
      </Heading>
      <Price
        currency={card.currency}
        amountMinor={card.priceMinMinor}
        compareAtMinor={card.compareAtMinor}
        isFrom={card.priceMaxMinor > card.priceMinMinor}
      />
      {moreColours > 0 && <p class="card-note">{speech.say("card.colours", { count: moreColours })}</p>}
      {card.reason !== undefined && (
        <p class="card-note" dir="auto">
          {card.reason}
        </p>
      )}
      {note && <p class={`card-note stock-${note.tone}`}>{note.text}</p>}
    </article>
  );
};

/** A grid of cards as a list; `firstCount` cards are in view at once and not lazy. */
export const CardGrid = ({
  cards,
  level = 3,
  firstCount = 0,
}: {
  readonly cards: readonly ProductCardModel[];
  readonly level?: 2 | 3;
  readonly firstCount?: number;
}) => (
  <ul class="cards">
    {cards.map((card, index) => (
      <li>
        <ProductCard card={card} level={level} isFirst={index < firstCount} />
      </li>
    ))}
  </ul>
);
