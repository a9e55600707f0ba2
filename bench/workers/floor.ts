import { Hono } from "hono";

// The floor: what a request costs when a Worker does nothing but answer.
const app = new Hono();
app.get("*", (c) => c.text("ok"));

export default app;
