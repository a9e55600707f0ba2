import { base32, type EpochMs } from "#kernel";
import { sha256 } from "#platform";
import type { MailPort, MailSender, OrderMail, RenderedMail } from "../contract.ts";

export type MailPorts = {
  readonly mails: MailPort;
  readonly render: (mail: OrderMail, sender: MailSender) => RenderedMail;
  readonly sender: MailSender;
  readonly clock: { now(): EpochMs };
};

/**
 * Renders and hands over one mail. May be repeated: the id follows from the order, the template and the event, and the
 * port takes an id once.
 */
export async function sendOrderMail(mail: OrderMail, ports: MailPorts): Promise<"accepted" | "repeated"> {
  const { orderId, template, recipient, eventId } = mail;
  return ports.mails.deliver({
    mailId: await mailIdOf(orderId, template, eventId),
    orderId,
    template,
    recipient,
    createdAt: ports.clock.now(),
    ...ports.render(mail, ports.sender),
  });
}

/** The id of a mail: always the same for the same order, template and event. */
export const mailIdOf = async (orderId: string, template: string, eventId: string): Promise<string> =>
  `mail_${base32(await sha256(`${orderId}\n${template}\n${eventId}`))}`;
