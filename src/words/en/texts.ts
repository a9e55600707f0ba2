/** The pages of text that a shop has before staff write their own. */
export const TEXTS = {
  "returns.description": "What delivery costs, when it arrives, and how to send something back.",
  "returns.lead":
    "You see the day it arrives and what delivery costs before you pay. Nothing is added after that.",
  "returns.when": "When it arrives",
  "returns.when_text":
    "We say dates, not speeds. The cart shows the days on which a parcel can reach your country; the order page follows it from our table to your door.",
  "returns.cost": "What it costs",
  "returns.cost_text":
    "Each way of delivery has one price per order, however many pieces you choose, and is free from the amount that the cart names. If your order comes in several parcels, you pay delivery once.",
  "returns.packed": "How it is packed",
  "returns.packed_text":
    "Prints lie flat between boards up to A3 and travel rolled above that. Tiles stand on edge in paper wool. Cloth and notebooks come in plain card.",
  "returns.back": "Sending something back",
  "returns.back_text":
    "You have 30 days from the day it arrives. Return postage is free. The order page has the form; the money goes back the way it came, within 5 working days of the parcel reaching us.",
  "returns.broken": "If something is broken",
  "returns.broken_text":
    "Keep the wrapping, take a picture, and answer the mail that confirmed your order. We send another one or give the money back, as you like.",
  "about.description": "Patterns drawn by a rule and a seed, on paper, cloth and clay.",
  "about.heading": "A rule, a seed, a sheet",
  "about.lead": "Each pattern in this shop is drawn by a short rule and started by one number.",
  "about.rule":
    "A rule says what may stand next to what: a quarter circle turns, a line meets a line, a colour keeps its distance. The seed is the number that starts the drawing. The same rule and seed give the same sheet every time, so each product names both.",
  "about.make": "What we make",
  "about.make_text":
    "Prints on cotton paper, cloth for tables and kitchens, tiles in sets, notebooks that open flat. We draw four kinds of things and try to do those well.",
  "about.not": "What we do not do",
  "about.not_text":
    "No countdowns, no made-up shortages, no news that you did not ask for. Prices include VAT. What is in stock is in stock.",
} as const;
