export {
  PURGE_OBJECT_NAME,
  purgeMessageSchema,
  type PurgeMessage,
  type PurgeRpc,
  type PurgeTarget,
} from "./contract.ts";
export { followChanges, type ChangeFollower } from "./app/follow-changes.ts";
export { purgeAfterWrite, tagsOfWrite } from "./http/purge-after-write.ts";
