import { HTTPException } from "hono/http-exception";
import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { privateByDefault, privateOnly, publicCache } from "./cache-class.ts";
import { answerJson, etagMatches, parseVersionEtag, versionEtag } from "./etag.ts";
import { securityHeaders } from "./security-headers.ts";
import { createErrorHandler, createNotFoundHandler } from "../problems/handlers.ts";
import { createProblemPages } from "../problems/problem-pages.tsx";
import { WEB_PROBLEM_TYPES } from "../problems/problem-types.ts";
import * as problems from "../problems/problem-response.ts";

function shop(reported: unknown[] = []) {
  const app = new Hono();
  app.use(privateByDefault(), securityHeaders(["https://pay.test"]));
  app.get("/secret", (c) => c.text("mine"));
  app.get("/public", (c) => {
    publicCache(c, { sharedSeconds: 5, tags: ["home"] });
    return c.text("everybody's");
  });
  app.get("/api/thing", (c) => answerJson(c, { a: 1 }, versionEtag(3)));
  app.get("/api/broken", () => {
    throw new Error("SELECT secret FROM users");
  });
  app.get("/broken", () => {
    throw new Error("SELECT secret FROM users");
  });
  app.get("/ar/broken", () => {
    throw new Error("SELECT secret FROM users");
  });
  app.get("/ch-de/trouble", () => {
    throw new Error("D1_ERROR: no such place");
  });
  app.get("/ch-de/form", () => {
    throw new HTTPException(400);
  });
  app.route("/", createProblemPages(WEB_PROBLEM_TYPES));
  for (const path of ["/api/trouble", "/trouble"])
    app.get(path, () => {
      throw new Error("D1_ERROR: no such place");
    });
  app.onError(
    createErrorHandler({
      report: (error) => reported.push(error),
      isTrouble: (error) => String(error).includes("D1_ERROR"),
    }),
  );
  app.notFound(createNotFoundHandler((c) => c.html("<h1>not here</h1>", 404)));
  return app;
}

describe("trouble", () => {
  it.each([
    ["/ar/broken", {}, "حدث خلل لدينا", 'lang="ar" dir="rtl"', 500],
    ["/ch-de/trouble", {}, "Das können wir gerade nicht zeigen", 'lang="de" dir="ltr"', 503],
    ["/broken", { cookie: "language=fr" }, "Quelque chose s’est cassé chez nous", 'lang="fr" dir="ltr"', 500],
    ["/broken", { cookie: "language=<b>" }, "Something broke on our side", 'lang="en" dir="ltr"', 500],
    ["/ch-de/form", {}, "Das konnten wir nicht lesen", 'lang="de" dir="ltr"', 400],
  ])(
    "speaks the language of the address, else the browser's: %s",
    async (path, headers, title, html, status) => {
      const answer = await shop().request(path, { headers });
      const page = await answer.text();
      expect(answer.status).toBe(status);
      expect(page).toContain(`<h1>${title}</h1>`);
      expect(page).toContain(html);
      expect(page).not.toContain("SELECT");
    },
  );
});

describe("an answer", () => {
  it("without a cache class may not be kept by anybody", async () => {
    const answer = await shop().request("/secret");
    expect(answer.headers.get("cache-control")).toBe("private, no-store");
  });
  it("that is public says so and keeps the constant policy", async () => {
    const { headers } = await shop().request("/public");
    expect(headers.get("cache-control")).toBe("public, max-age=0");
    expect(headers.get("cloudflare-cdn-cache-control")).toMatch(
      /^public, max-age=5, stale-while-revalidate=/,
    );
    expect(headers.get("cache-tag")).toBe("home");
    expect(headers.get("content-security-policy")).toContain("form-action 'self';");
  });
  it("that is private may lead to the payment provider", async () => {
    const { headers } = await shop().request("/secret");
    expect(headers.get("content-security-policy")).toContain("form-action 'self' https://pay.test;");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });
  it("asks for TLS from then on where it came over TLS, and nowhere else", async () => {
    const hsts = async (url: string) => (await shop().request(url)).headers.get("strict-transport-security");
    expect([await hsts("https://shop.test/public"), await hsts("https://shop.test/secret")]).toEqual([
      "max-age=63072000",
      "max-age=63072000",
    ]);
    expect([await hsts("http://shop.test/public"), await hsts("http://shop.test/secret")]).toEqual([
      null,
      null,
    ]);
  });
  it("that the client has already is 304", async () => {
    const answer = await shop().request("/api/thing", { headers: { "if-none-match": 'W/"x", W/"v3"' } });
    expect([answer.status, await answer.text()]).toEqual([304, ""]);
  });
});

describe("headers of an answer that is made", () => {
  function passing(answer: () => Response) {
    const seen: Response[] = [];
    const app = new Hono();
    app.use(async (c, next) => {
      await next();
      seen.push(c.res);
    });
    app.use(privateOnly(), securityHeaders());
    app.use(async (c, next) => {
      await next();
      seen.push(c.res);
    });
    app.get("/", answer);
    return { app, seen };
  }

  it("are added to the answer itself, which is not copied for each", async () => {
    const { app, seen } = passing(() => new Response("mine", { headers: { "cache-tag": "a" } }));
    const { headers } = await app.request("/");
    expect(seen[1]).toBe(seen[0]);
    expect([headers.get("cache-control"), headers.get("cache-tag")]).toEqual(["private, no-store", null]);
    expect(headers.get("x-frame-options")).toBe("DENY");
  });

  it("are added to a copy where it cannot be changed, because it came from elsewhere", async () => {
    const { app, seen } = passing(() => Response.redirect("https://kerbside.test/there"));
    const { status, headers } = await app.request("/");
    expect(seen[1]).not.toBe(seen[0]);
    expect([status, headers.get("location")]).toEqual([302, "https://kerbside.test/there"]);
    expect(headers.get("cache-control")).toBe("private, no-store");
    expect(headers.get("x-frame-options")).toBe("DENY");
  });
});

describe("trouble of the platform", () => {
  it.each([
    ["/api/trouble", "application/problem+json"],
    ["/trouble", "text/html; charset=utf-8"],
  ])("at %s is answered 503 as %s and says when to come back", async (path, type) => {
    const { status, headers } = await shop([]).request(path);
    expect([status, headers.get("content-type"), headers.get("retry-after")]).toEqual([503, type, "5"]);
  });
});

describe("a defect", () => {
  it.each([
    ["/api/broken", "application/problem+json"],
    ["/broken", "text/html; charset=utf-8"],
  ])("at %s is reported once, answered 500 as %s, and tells nothing about itself", async (path, type) => {
    const reported: unknown[] = [];
    const answer = await shop(reported).request(path);
    expect([answer.status, answer.headers.get("content-type"), reported.length]).toEqual([500, type, 1]);
    expect(await answer.text()).not.toContain("SELECT");
  });
});

describe("an unknown address", () => {
  it("under /api is a problem, elsewhere a page", async () => {
    const [api, page] = await Promise.all([shop().request("/api/nothing"), shop().request("/nothing")]);
    expect([api.status, api.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
    expect([page.status, page.headers.get("content-type")]).toEqual([404, "text/html; charset=UTF-8"]);
  });
});

describe("problem types", () => {
  it("of the kit all have a page that explains them", async () => {
    const app = shop();
    for (const { type, title } of WEB_PROBLEM_TYPES) {
      const answer = await app.request(type);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain(title);
    }
  });
  it("that the kit answers are all explained", () => {
    const known = new Set<string>(WEB_PROBLEM_TYPES.map(({ type }) => type));
    const made = [
      problems.notFoundProblem(),
      problems.invalidFieldsProblem([]),
      problems.brokenBodyProblem(""),
      problems.wrongContentTypeProblem(""),
      problems.bodyTooLargeProblem(1),
      problems.crossOriginProblem(),
      problems.idempotencyKeyProblem(true),
      problems.idempotencyKeyProblem(false),
      problems.tooManyRequestsProblem(1),
      problems.internalProblem(),
    ];
    expect(made.filter(({ type }) => !known.has(type))).toEqual([]);
  });
  it("that nobody knows are 404", async () => {
    expect((await shop().request("/problems/web/nothing")).status).toBe(404);
  });
});

describe("a version tag", () => {
  it("is read back, from a weakened form too", () => {
    expect([
      versionEtag(12),
      parseVersionEtag('"v12"'),
      parseVersionEtag('W/"v12"'),
      parseVersionEtag("v12"),
      parseVersionEtag(undefined),
    ]).toEqual(['"v12"', 12, 12, undefined, undefined]);
  });
  it("matches any of a list, and a star", () => {
    expect([
      etagMatches('"a", "b"', '"b"'),
      etagMatches("*", '"b"'),
      etagMatches('"bb"', '"b"'),
      etagMatches(null, '"b"'),
    ]).toEqual([true, true, false, false]);
  });
});
