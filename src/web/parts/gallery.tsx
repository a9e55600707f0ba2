import { Icon } from "./icon.tsx";
import { useSpeech } from "./use-speech.ts";
import { Picture, pictureUrl, type PictureModel } from "./picture.tsx";

/** Most of the window on a phone, seven of twelve columns above. */
const SIZES = "(width >= 56em) 45rem, 92vw";

/**
 * All pictures of one product in a scroll-snap row, every thumbnail as an anchor below it. Each picture links to its
 * file, so that it opens in full size without script. `title` names the product for the row's label.
 */
export const Gallery = ({
  pictures,
  title,
}: {
  readonly pictures: readonly PictureModel[];
  readonly title: string;
}) => {
  const { say } = useSpeech();
  return (
    <section class="gallery" aria-label={say("picture.of", { title })} data-gallery="">
      {pictures.length === 0 ? (
        <div class="gallery-slide">
          <Picture picture={undefined} class="gallery-picture" />
        </div>
      ) : (
        <ol class="gallery-row" tabindex={0} aria-label={say("picture.all")} data-gallery-row="">
          {pictures.map((picture, index) => (
            <li class="gallery-slide" id={`picture-${index + 1}`}>
              <a class="gallery-link" href={picture.url} data-zoom="">
                <Picture
                  picture={picture}
                  isFirst={index === 0}
                  sizes={SIZES}
                  class="gallery-picture"
                  alt={picture.alt || say("picture.view", { number: index + 1 })}
                />
                <span class="gallery-zoom">
                  <Icon name="expand" />
                  <span class="visually-hidden">{say("picture.open")}</span>
                </span>
              </a>
            </li>
          ))}
        </ol>
      )}
      {pictures.length > 1 && (
        <ol class="gallery-thumbs" aria-label={say("picture.views")}>
          {pictures.map((picture, index) => (
            <li>
              <a
                href={`#picture-${index + 1}`}
                aria-current={index === 0 ? "true" : undefined}
                data-thumb={String(index)}
              >
                <img
                  src={pictureUrl(picture.url, 200, "webp")}
                  alt={say("picture.view_of", { number: index + 1, count: pictures.length })}
                  width={picture.width}
                  height={picture.height}
                  loading="lazy"
                />
              </a>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
};
