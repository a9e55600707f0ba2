import type { OrderAnswer } from "#orders";
import { NEWS_GATHER_MS } from "../../src/orders/domain/limits.ts";
import { OrderDesk } from "./order-desk.ts";

/** Header in which the Worker passes the order's access key to the live socket. */
export const ORDER_KEY_HEADER = "x-order-key";

type News = { readonly version: number; readonly status: string };

/** The live face of an order: hibernating sockets that are told of each new version, and nothing more. */
export abstract class OrderLive<Env> extends OrderDesk<Env> {
  /** The steps of an order follow each other: what they tell leaves once, when they have ended. */
  protected override get gatherMs(): number {
    return NEWS_GATHER_MS;
  }

  abstract view(): Promise<OrderAnswer>;
  abstract viewWithKey(accessKey: string): Promise<OrderAnswer>;

  override async fetch(request: Request): Promise<Response> {
    if (request.headers.get("upgrade")?.toLowerCase() !== "websocket")
      return new Response(null, { status: 426 });
    const allowed = await this.viewWithKey(request.headers.get(ORDER_KEY_HEADER) ?? "");
    if (!allowed.ok) return new Response(null, { status: 404 });
    const pair = new WebSocketPair();
    this.ctx.acceptWebSocket(pair[1]);
    pair[1].send(newsOf(allowed.value));
    return new Response(null, { status: 101, webSocket: pair[0] });
  }

  override async webSocketMessage(socket: WebSocket): Promise<void> {
    const view = await this.view();
    if (view.ok) socket.send(newsOf(view.value));
  }

  override webSocketClose(socket: WebSocket): void {
    socket.close();
  }

  protected tellSockets(news: News): void {
    for (const socket of this.ctx.getWebSockets()) socket.send(newsOf(news));
  }
}

const newsOf = ({ version, status }: News): string => JSON.stringify({ version, status });
