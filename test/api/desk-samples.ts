/** Right bodies for what staff and buyers do with orders, stock, vouchers, drafts and breaks, by operation. */
export const deskSamples = ({
  sku,
  variantId,
  lineId,
  methodId,
}: Goods): Readonly<Record<string, unknown>> => ({
  ...stockSamples(sku),
  ...voucherSamples,
  ...orderSamples({ variantId, lineId, methodId }),
  ...draftSamples(variantId, methodId),
  "POST /api/carts/{cartId}/codes": { code: "NOBODY-HAS-THIS" },
  "POST /api/orders/{orderId}/returns": {
    returnId: "matrix",
    wish: "refund",
    reason: "Too small",
    lines: [{ lineId, quantity: 1 }],
  },
  "POST /admin/api/reconciliation/breaks/{id}/repairs": { action: "reproject" },
  "POST /admin/api/reconciliation/breaks/{id}/acceptance": { reason: "Known" },
  "POST /admin/api/reconciliation/runs": { everything: false },
});

export type Goods = {
  readonly sku: string;
  readonly variantId: string;
  readonly lineId: string;
  readonly methodId: string;
};

const EUR = (amountMinor: number) => ({ currency: "EUR", amountMinor });
const ADDRESS = { fullName: "A", line1: "B 1", city: "C", postalCode: "10119" };

const stockSamples = (sku: string) => ({
  "PUT /admin/api/stock/{sku}/incoming/{announcementId}": {
    location: "main",
    quantity: 5,
    expectedAt: "2027-01-01",
    reference: "r",
  },
  "PUT /admin/api/stock/{sku}/safety/{location}": { quantity: 1 },
  "PUT /admin/api/locations/{code}": {
    name: "Matrix",
    address: "Nowhere 1",
    priority: 9,
    isActive: true,
    shipsOrders: false,
  },
  "POST /admin/api/transfers": { from: "main", to: "north", note: "n", lines: [{ sku, quantity: 1 }] },
  "POST /admin/api/transfers/{transferId}/receipts": { lines: [{ sku, received: 1, lost: 1 }] },
  "PUT /admin/api/bundles/{sku}": { components: [{ sku, quantity: 1 }] },
});

const CARD = { currency: "EUR", amountMinor: 1_000, note: "n", validUntil: "2027-01-01T00:00:00Z" };
const voucherSamples = {
  "PUT /admin/api/coupons/{code}": {
    note: "n",
    benefit: { kind: "percent", ppm: 100_000 },
    isDisabled: false,
    isCombinable: true,
    maxUses: 5,
    maxUsesPerCustomer: 1,
    validFrom: "2026-01-01T00:00:00Z",
    minimumMinor: 100,
    currencies: ["EUR"],
    countries: ["DE"],
    productHandles: ["heron"],
    collectionHandles: [],
  },
  "POST /admin/api/gift-cards": CARD,
  "POST /admin/api/store-credit": { ...CARD, email: "a@buyer.example" },
  "PATCH /admin/api/gift-cards/{id}": { note: "n", isDisabled: true },
  "PATCH /admin/api/store-credit/{id}": { note: "n", isDisabled: true },
  "POST /admin/api/gift-cards/{id}/adjustments": { adjustmentId: "a", amountMinor: 5, reason: "r" },
  "POST /admin/api/store-credit/{id}/adjustments": { adjustmentId: "a", amountMinor: 5, reason: "r" },
};

function orderSamples({ variantId, lineId, methodId }: Omit<Goods, "sku">) {
  const edit = {
    editId: "matrix",
    reason: "r",
    quantities: [{ lineId, quantity: 1 }],
    added: [{ variantId, quantity: 1 }],
    address: { ...ADDRESS, country: "DE" },
    deliveryMethodId: methodId,
    payment: { kind: "link" },
  };
  return {
    "POST /admin/api/orders/{orderId}/refunds": {
      refundId: "m",
      amount: EUR(1),
      reason: "r",
      from: "payment",
    },
    "POST /admin/api/orders/{orderId}/settlement": { reference: "r", part: 0 },
    "POST /admin/api/orders/{orderId}/attention/clear": { code: "c", reference: "r" },
    "POST /admin/api/orders/{orderId}/edits/preview": edit,
    "POST /admin/api/orders/{orderId}/edits": edit,
    "POST /admin/api/orders/{orderId}/edits/{editId}/abandon": { reason: "r" },
    "POST /admin/api/orders/{orderId}/returns": {
      returnId: "matrix",
      wish: "refund",
      reason: "r",
      lines: [{ lineId, quantity: 1 }],
    },
    "POST /admin/api/orders/{orderId}/returns/{returnId}/decline": { reason: "r" },
    "POST /admin/api/orders/{orderId}/returns/{returnId}/receipts": {
      receiptId: "matrix",
      lines: [{ lineId, quantity: 1, condition: "restock" }],
    },
    "POST /admin/api/orders/{orderId}/returns/{returnId}/close": { from: "payment" },
    "POST /admin/api/orders/{orderId}/notes": { noteId: "matrix", text: "t" },
    "PUT /admin/api/orders/{orderId}/tags": { tags: ["a"] },
  };
}

function draftSamples(variantId: string, methodId: string) {
  const draft = {
    currency: "EUR",
    country: "DE",
    email: "a@buyer.example",
    address: ADDRESS,
    deliveryMethodId: methodId,
    lines: [{ variantId, quantity: 1, unitPriceMinor: 100 }],
    discount: { label: "d", amountMinor: 1 },
    note: "n",
  };
  return {
    "POST /admin/api/draft-orders": draft,
    "PUT /admin/api/draft-orders/{draftId}": draft,
    "POST /admin/api/draft-orders/{draftId}/place": { payment: { kind: "link", provider: "sandbox" } },
  };
}
