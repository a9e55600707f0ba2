// `?api=admin` shows the admin API; anything else the shop API.
const isAdmin = new URLSearchParams(location.search).get("api") === "admin";

SwaggerUIBundle({
  url: isAdmin ? "/admin/api/openapi.json" : "/api/openapi.json",
  dom_id: "#reference",
  deepLinking: true,
  // Its badge would ask a server outside of the shop.
  validatorUrl: null,
});
