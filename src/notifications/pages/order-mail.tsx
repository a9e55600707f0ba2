import { raw } from "hono/html";
import type { Child, FC } from "hono/jsx";
import { directionOf, truncate } from "#kernel";
import type { MailLine } from "../contract.ts";
import { MAX_MAIL_LINES, MAX_MAIL_TITLE_CHARACTERS } from "../limits.ts";
import { addressOf, buttonLink } from "./order-link.ts";
import { STYLE_SHEET, stylesFor, type Styles } from "./styles.ts";
import { amountIn, type MailWords, type Telling } from "./mail-words.ts";
import { totalName } from "./words.ts";

/** A mail as its parts see it: what it tells, and how it looks in the direction that it is read in. */
type View = Telling & { readonly styles: Styles };

/** One mail about an order: 600 px, tables and inline styles, one button, readable with pictures off. */
export const OrderMailDocument: FC<{ telling: Telling; words: MailWords }> = ({ telling, words }) => {
  const { mail, sender, speech } = telling;
  const direction = directionOf(speech.language);
  const styles = stylesFor(direction);
  const view: View = { ...telling, styles };
  return (
    <html lang={speech.language} dir={direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{`${words.fact} ${mail.orderNumber}`}</title>
        <style>{raw(STYLE_SHEET)}</style>
      </head>
      <body class="paper" style={styles.body}>
        <div style={styles.hidden}>{words.preview}</div>
        <table role="presentation" class="paper" style={styles.outer} cellpadding="0" cellspacing="0">
          <tr>
            <td align="center">
              <table role="presentation" style={styles.column} cellpadding="0" cellspacing="0">
                <tr>
                  <td class="frame" style={styles.masthead}>
                    <a class="ink" href={sender.shopOrigin} style={styles.wordmark}>
                      {sender.shopName}
                    </a>
                  </td>
                </tr>
                <tr>
                  <td class="sheet" style={styles.sheet}>
                    <Message view={view} words={words} />
                    <Items view={view} />
                    {mail.template === "order_cancelled" ? null : <Whereabouts view={view} />}
                  </td>
                </tr>
                <tr>
                  <td class="frame" style={styles.footer}>
                    <p class="soft" style={styles.footnote}>
                      {speech.parts("mail.why", {
                        number: <bdi>{mail.orderNumber}</bdi>,
                        shop: <bdi>{sender.shopName}</bdi>,
                      })}
                    </p>
                  </td>
                </tr>
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html>
  );
};

const Message: FC<{ view: View; words: MailWords }> = ({ view: { mail, sender, speech, styles }, words }) => (
  <>
    <p class="soft" style={styles.meta}>
      {speech.parts("mail.order", { number: <bdi>{mail.orderNumber}</bdi> })}
    </p>
    <h1 class="ink" style={styles.heading}>
      {words.heading}
    </h1>
    {words.paragraphs.map((paragraph) => (
      <p class="ink" style={styles.lead}>
        {paragraph}
      </p>
    ))}
    <Space height={8} />
    <table role="presentation" class="button-table" cellpadding="0" cellspacing="0">
      <tr>
        <td class="button-cell" style={styles.buttonCell}>
          <a class="button" href={buttonLink(mail, sender)} style={styles.button}>
            {words.button}
          </a>
        </td>
      </tr>
    </table>
    <Space height={32} />
  </>
);

const Items: FC<{ view: View }> = ({ view }) => {
  const { mail, styles, speech } = view;
  const { say } = speech;
  const amount = (minor: number): string => amountIn(view, minor);
  const hidden = mail.lines.length - MAX_MAIL_LINES;
  return (
    <table style={styles.table} cellpadding="0" cellspacing="0">
      <caption style={styles.hidden}>{say("mail.goods")}</caption>
      {mail.lines.slice(0, MAX_MAIL_LINES).map((line) => (
        <Item view={view} line={line} amount={amount(line.totalMinor)} />
      ))}
      {hidden > 0 ? (
        <tr>
          <td class="line soft" style={styles.itemName} colspan={2}>
            {say("mail.more_lines", { count: hidden })}
          </td>
        </tr>
      ) : null}
      <Sum styles={styles} name={say("summary.items")} amount={amount(mail.itemsMinor)} isFirst />
      {(mail.reductions ?? []).map((share) => (
        <Sum styles={styles} name={share.label} amount={amount(-share.amountMinor)} />
      ))}
      <Sum
        styles={styles}
        name={say("order.delivery", { name: mail.delivery.name })}
        amount={mail.deliveryMinor === 0 ? say("summary.free") : amount(mail.deliveryMinor)}
      />
      <tr>
        <th scope="row" class="ink line" style={styles.totalName}>
          {totalName(view)}
        </th>
        <td class="ink line" style={styles.totalPrice}>
          {amount(mail.totalMinor)}
        </td>
      </tr>
      {(mail.payments ?? []).map((share) => (
        <Sum
          styles={styles}
          name={say("mail.paid", { label: share.label })}
          amount={amount(share.amountMinor)}
        />
      ))}
      {mail.taxMinor > 0 && mail.template !== "order_cancelled" ? (
        <tr>
          <td class="soft" style={styles.note} colspan={2}>
            {say("mail.tax", { amount: amount(mail.taxMinor) })}
          </td>
        </tr>
      ) : null}
    </table>
  );
};

const Item: FC<{ view: View; line: MailLine; amount: string }> = ({
  view: { styles, speech },
  line,
  amount,
}) => {
  const variant = truncate(line.variantTitle, MAX_MAIL_TITLE_CHARACTERS);
  const facts = [
    variant,
    line.quantity > 1 ? speech.say("mail.pieces", { count: line.quantity }) : "",
  ].filter((fact) => fact !== "");
  return (
    <tr>
      <th scope="row" class="ink line" style={styles.itemName}>
        <span dir="auto">{truncate(line.title, MAX_MAIL_TITLE_CHARACTERS)}</span>
        {facts.length > 0 ? (
          <>
            <br />
            <span class="soft" style={styles.note}>
              {facts.join(" · ")}
            </span>
          </>
        ) : null}
      </th>
      <td class="ink line" style={styles.itemPrice}>
        {amount}
      </td>
    </tr>
  );
};

const Sum: FC<{ styles: Styles; name: string; amount: string; isFirst?: boolean }> = ({
  styles,
  name,
  amount,
  isFirst,
}) => {
  const firstRow = isFirst === true ? styles.firstSum : "";
  return (
    <tr>
      <th scope="row" class="ink line" style={styles.sumName + firstRow}>
        {name}
      </th>
      <td class="ink line" style={styles.sumPrice + firstRow}>
        {amount}
      </td>
    </tr>
  );
};

const Whereabouts: FC<{ view: View }> = ({ view, view: { mail, styles, speech } }) => (
  <>
    <Space height={24} />
    <table role="presentation" style={styles.table} cellpadding="0" cellspacing="0">
      <tr>
        <td class="half" style={styles.half}>
          <p class="ink" style={styles.label}>
            {speech.say("order.address")}
          </p>
          <p class="ink" style={styles.detail}>
            {addressOf(view).map((text, index) => (
              <Line isFirst={index === 0}>{text}</Line>
            ))}
          </p>
        </td>
        {mail.parcels.length > 0 ? (
          <td class="half" style={styles.half}>
            {mail.parcels.map((parcel) => (
              <>
                <p class="ink" style={styles.label}>
                  {speech.say("mail.parcel")}
                </p>
                <p class="ink" style={styles.detail}>
                  {parcel.carrier}
                  <br />
                  <bdi>{parcel.trackingNumber}</bdi>
                </p>
              </>
            ))}
          </td>
        ) : null}
      </tr>
    </table>
  </>
);

const Line: FC<{ isFirst: boolean; children?: Child }> = ({ isFirst, children }) => (
  <>
    {isFirst ? null : <br />}
    <bdi>{children}</bdi>
  </>
);

const Space: FC<{ height: number }> = ({ height }) => (
  <div style={`height:${height}px;line-height:${height}px;font-size:1px;`}>{raw("&nbsp;")}</div>
);
