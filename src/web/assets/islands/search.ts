import "./collection.ts";
