import { Hono } from "hono";
import { htmlPage, type WebEnv } from "#web";
import { DeadLetterPage, MailListPage, MailPage } from "../pages/mail-pages.tsx";
import { NotHerePage } from "../pages/not-here-page.tsx";
import { cursored, paged, type PortsOf } from "./support.ts";

/** A mail shows nothing but itself: no script, pictures from the shop. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' https:; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/** The page around a mail: like every page of the back office, and it may frame the mail. */
const FRAME_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The developers' outbox, and the messages that no consumer could use. */
export function createMailPages(ports: PortsOf): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/mail", async (c) => {
    const { mails, timeZone } = ports(c);
    return htmlPage(c, <MailListPage {...paged(c, await mails.list(cursored(c)))} timeZone={timeZone} />);
  });
  app.get("/mail/:id", async (c) => {
    const { mails, timeZone } = ports(c);
    const mail = await mails.mail(c.req.param("id"));
    if (!mail) return htmlPage(c, <NotHerePage what="mail" backHref="/admin/mail" />, 404);
    c.header("content-security-policy", FRAME_POLICY);
    return htmlPage(c, <MailPage mail={mail} timeZone={timeZone} />);
  });
  app.get("/mail/:id/html", async (c) => {
    const mail = await ports(c).mails.mail(c.req.param("id"));
    if (!mail) return htmlPage(c, <NotHerePage what="mail" backHref="/admin/mail" />, 404);
    c.header("content-security-policy", MAIL_POLICY);
    c.header("x-frame-options", "SAMEORIGIN");
    return c.html(mail.html);
  });
  app.get("/dead-letters", async (c) => {
    const { deadLetters, timeZone } = ports(c);
    return htmlPage(
      c,
      <DeadLetterPage {...paged(c, await deadLetters.list(cursored(c)))} timeZone={timeZone} />,
    );
  });
  return app;
}
