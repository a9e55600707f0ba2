export {
  createStaffAuth,
  safeNextPath,
  signInProblem,
  STAFF_COOKIE,
  type StaffAuth,
  type StaffAuthOptions,
} from "./http/staff-auth.ts";
