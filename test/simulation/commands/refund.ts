import { someOrder } from "./repeat.ts";
import { insist, type Command } from "./command.ts";

const PATIENCE = 8;

/**
 * Two members of staff send money back at the same time, each as much as the order shows them: together more than was
 * taken. One of them has to be refused.
 */
export const refund: Command = {
  name: "refund",
  weight: 2,
  async run(world, random) {
    const note = someOrder(world, random);
    if (!note) return;
    const view = await insist(world, PATIENCE, () => world.order(note.orderId).view());
    if (!view?.ok || view.value.payment.refundableMinor === 0) return;
    const most = view.value.payment.refundableMinor;
    const { version: expectedVersion } = view.value;
    const ask = async (amountMinor: number): Promise<void> => {
      const refundId = `r${random.whole(0, 2 ** 31)}`;
      // An edit may bring more money between the look and the refund, so that "too much" is so for the seen version only.
      const seen = amountMinor > most ? { expectedVersion } : {};
      const command = { refundId, amountMinor, reason: "goodwill", ...seen };
      const answer = await insist(world, PATIENCE, () =>
        world.order(note.orderId).refund(command, world.callBy("staff:ada")),
      );
      if (amountMinor > most && answer?.ok)
        world.book.complaints.push(`${note.orderId} accepted a refund of ${amountMinor}, more than ${most}`);
    };
    await ask(most + 1);
    world.start("colleague", () => ask(random.whole(1, most)));
    await ask(random.next() < 0.5 ? most : random.whole(1, most));
  },
};
