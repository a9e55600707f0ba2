import { raw } from "hono/html";
import type { Child, FC } from "hono/jsx";
import { truncate } from "#kernel";
import { formatMinor } from "#web";
import type { MailLine, MailSender, OrderMail } from "../contract.ts";
import { MAX_MAIL_LINES, MAX_MAIL_TITLE_CHARACTERS } from "../limits.ts";
import { buttonLink } from "./order-link.ts";
import { STYLE_SHEET, STYLES } from "./styles.ts";
import { localeOf, type MailWords } from "./mail-words.ts";
import { totalName } from "./words.ts";

type MailProps = { readonly mail: OrderMail; readonly words: MailWords; readonly sender: MailSender };

/** One mail about an order: 600 px, tables and inline styles, one button, readable with pictures off. */
export const OrderMailDocument: FC<MailProps> = ({ mail, words, sender }) => (
  <html lang="en" dir="ltr">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="supported-color-schemes" content="light dark" />
      <title>{`${words.fact} ${mail.orderNumber}`}</title>
      <style>{raw(STYLE_SHEET)}</style>
    </head>
    <body class="paper" style={STYLES.body}>
      <div style={STYLES.hidden}>{words.preview}</div>
      <table role="presentation" class="paper" style={STYLES.outer} cellpadding="0" cellspacing="0">
        <tr>
          <td align="center">
            <table role="presentation" style={STYLES.column} cellpadding="0" cellspacing="0">
              <tr>
                <td class="frame" style={STYLES.masthead}>
                  <a class="ink" href={sender.shopOrigin} style={STYLES.wordmark}>
                    {sender.shopName}
                  </a>
                </td>
              </tr>
              <tr>
                <td class="sheet" style={STYLES.sheet}>
                  <Message mail={mail} words={words} sender={sender} />
                  <Items mail={mail} />
                  {mail.template === "order_cancelled" ? null : <Whereabouts mail={mail} />}
                </td>
              </tr>
              <tr>
                <td class="frame" style={STYLES.footer}>
                  <p class="soft" style={STYLES.footnote}>
                    You get this mail because of order <bdi>{mail.orderNumber}</bdi> at {sender.shopName}.
                    Answer it if something is not right.
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

const Message: FC<MailProps> = ({ mail, words, sender }) => (
  <>
    <p class="soft" style={STYLES.meta}>
      Order <bdi>{mail.orderNumber}</bdi>
    </p>
    <h1 class="ink" style={STYLES.heading}>
      {words.heading}
    </h1>
    {words.paragraphs.map((paragraph) => (
      <p class="ink" style={STYLES.lead}>
        {paragraph}
      </p>
    ))}
    <Space height={8} />
    <table role="presentation" class="button-table" cellpadding="0" cellspacing="0">
      <tr>
        <td class="button-cell" style={STYLES.buttonCell}>
          <a class="button" href={buttonLink(mail, sender)} style={STYLES.button}>
            {words.button}
          </a>
        </td>
      </tr>
    </table>
    <Space height={32} />
  </>
);

const Items: FC<{ mail: OrderMail }> = ({ mail }) => {
  const amount = (minor: number): string => formatMinor(minor, mail.currency, localeOf(mail));
  const hidden = mail.lines.length - MAX_MAIL_LINES;
  return (
    <table style={STYLES.table} cellpadding="0" cellspacing="0">
      <caption style={STYLES.hidden}>What you ordered</caption>
      {mail.lines.slice(0, MAX_MAIL_LINES).map((line) => (
        <Item line={line} amount={amount(line.totalMinor)} />
      ))}
      {hidden > 0 ? (
        <tr>
          <td class="line soft" style={STYLES.itemName} colspan={2}>
            {`And ${hidden} more ${hidden === 1 ? "line" : "lines"}: all of them are on the order page.`}
          </td>
        </tr>
      ) : null}
      <Sum name="Items" amount={amount(mail.itemsMinor)} isFirst />
      {(mail.reductions ?? []).map((share) => (
        <Sum name={share.label} amount={`−${amount(share.amountMinor)}`} />
      ))}
      <Sum
        name={`Delivery, ${mail.delivery.name}`}
        amount={mail.deliveryMinor === 0 ? "Free" : amount(mail.deliveryMinor)}
      />
      <tr>
        <th scope="row" class="ink line" style={STYLES.totalName}>
          {totalName(mail)}
        </th>
        <td class="ink line" style={STYLES.totalPrice}>
          {amount(mail.totalMinor)}
        </td>
      </tr>
      {(mail.payments ?? []).map((share) => (
        <Sum name={`Paid: ${share.label}`} amount={amount(share.amountMinor)} />
      ))}
      {mail.taxMinor > 0 && mail.template !== "order_cancelled" ? (
        <tr>
          <td
            class="soft"
            style={STYLES.note}
            colspan={2}
          >{`VAT of ${amount(mail.taxMinor)} is in the total.`}</td>
        </tr>
      ) : null}
    </table>
  );
};

const Item: FC<{ line: MailLine; amount: string }> = ({ line, amount }) => {
  const variant = truncate(line.variantTitle, MAX_MAIL_TITLE_CHARACTERS);
  const facts = [variant, line.quantity > 1 ? `${line.quantity} pieces` : ""].filter((fact) => fact !== "");
  return (
    <tr>
      <th scope="row" class="ink line" style={STYLES.itemName}>
        <span dir="auto">{truncate(line.title, MAX_MAIL_TITLE_CHARACTERS)}</span>
        {facts.length > 0 ? (
          <>
            <br />
            <span class="soft" style={STYLES.note} dir="auto">
              {facts.join(" · ")}
            </span>
          </>
        ) : null}
      </th>
      <td class="ink line" style={STYLES.itemPrice}>
        {amount}
      </td>
    </tr>
  );
};

const Sum: FC<{ name: string; amount: string; isFirst?: boolean }> = ({ name, amount, isFirst }) => {
  const firstRow = isFirst === true ? STYLES.firstSum : "";
  return (
    <tr>
      <th scope="row" class="ink line" style={STYLES.sumName + firstRow}>
        {name}
      </th>
      <td class="ink line" style={STYLES.sumPrice + firstRow}>
        {amount}
      </td>
    </tr>
  );
};

const Whereabouts: FC<{ mail: OrderMail }> = ({ mail }) => (
  <>
    <Space height={24} />
    <table role="presentation" style={STYLES.table} cellpadding="0" cellspacing="0">
      <tr>
        <td class="half" style={STYLES.half}>
          <p class="ink" style={STYLES.label}>
            Delivery address
          </p>
          <p class="ink" style={STYLES.detail}>
            {mail.addressLines.map((text, index) => (
              <Line isFirst={index === 0}>{text}</Line>
            ))}
          </p>
        </td>
        {mail.parcels.length > 0 ? (
          <td class="half" style={STYLES.half}>
            {mail.parcels.map((parcel) => (
              <>
                <p class="ink" style={STYLES.label}>
                  Parcel
                </p>
                <p class="ink" style={STYLES.detail}>
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
