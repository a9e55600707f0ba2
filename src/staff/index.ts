export {
  createStaffAuth,
  safeNextPath,
  signInProblem,
  STAFF_COOKIE,
  STAFF_PROBLEM_TYPES,
  type StaffAuth,
  type StaffAuthOptions,
} from "./http/staff-auth.ts";
