import { ErrorSummary, Field } from "#web";
import { AdminPage } from "./admin-page.tsx";

/** The development sign-in: one word for everybody. */
export const SignInPage = ({ next, error }: { readonly next: string; readonly error?: string }) => (
  <AdminPage title={error ? "Error: sign in" : "Sign in"} isSignedOut>
    <div class="desk-sign-in">
      <ErrorSummary errors={error ? [{ field: "password", message: error }] : []} />
      <h1>Back office</h1>
      <p class="hint">This is the development sign-in. The word was printed when the shop started.</p>
      <form class="desk-form" method="post" action="/admin/sign-in" novalidate>
        <input type="hidden" name="next" value={next} />
        <Field
          name="password"
          label="Sign-in word"
          type="password"
          autocomplete="current-password"
          error={error}
        />
        <p>
          <button class="button" type="submit">
            Sign in
          </button>
        </p>
      </form>
    </div>
  </AdminPage>
);
