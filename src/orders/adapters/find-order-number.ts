import type { OrderId } from "#kernel";

/** Orders that one number may have: it is made of eight characters of the id, so two are rare. */
const MAX_NAMESAKES = 5;

/** The orders with a number, newest first, with the address that ordered. */
export async function findOrdersByNumber(
  db: D1Database,
  orderNumber: string,
): Promise<readonly { readonly orderId: OrderId; readonly email: string }[]> {
  const { results } = await db
    .prepare("SELECT id, email FROM orders WHERE number = ?1 ORDER BY placed_at_ms DESC LIMIT ?2")
    .bind(orderNumber, MAX_NAMESAKES)
    .all<{ readonly id: OrderId; readonly email: string }>();
  return results.map(({ id, email }) => ({ orderId: id, email }));
}
