import { type AppScope, OUT_OF_BAND, type SignInOffer } from '#features/app-grants/index.ts';
import { html, type Markup } from './markup.ts';

/** What a form carries unseen. */
export type Hidden = Readonly<Record<string, string>>;

/** The app as the person is shown it. */
export type ShownApp = Readonly<{
  clientId: string;
  name: string;
  isKnown: boolean;
  redirect: string | undefined;
  scopes: readonly AppScope[];
}>;

const hiddenFields = (hidden: Hidden): Markup[] =>
  Object.entries(hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">\n`);

/** Goes to the address that the page itself has, with all that an app has written into it. */
const form = (hidden: Hidden, step: string, content: Markup): Markup => html`<form method="post">
${hiddenFields({ ...hidden, step })}${content}
</form>
`;

const faultLine = (fault: string | undefined): Markup | undefined =>
  fault === undefined ? undefined : html`<p class="fault" role="alert">${fault}</p>\n`;

const placeOf = (redirect: string): string => {
  if (redirect === OUT_OF_BAND) return 'nowhere: you are shown a code to type into the app';
  return redirect;
};

const mayOf = (scopes: readonly AppScope[]): string =>
  scopes.includes('media:write')
    ? 'see and change what you watched, your lists, your ratings and where you stopped'
    : 'see what you watched, your lists, your ratings and where you stopped, and change nothing';

const appCard = ({ clientId, name, isKnown, redirect, scopes }: ShownApp): Markup => html`<div class="card">
<dl>
<dt>App</dt><dd>${name}${isKnown ? undefined : html` <strong>(not known here yet: this is the name that it gives itself)</strong>`}</dd>
<dt>Its id</dt><dd>${clientId}</dd>
${redirect === undefined ? undefined : html`<dt>Leads back to</dt><dd>${placeOf(redirect)}</dd>\n`}<dt>It may</dt><dd>${mayOf(scopes)}</dd>
</dl>
</div>
`;

const passwordFields = (prefix: string): Markup => html`<p><label for="${prefix}-username">User name</label>
<input id="${prefix}-username" name="username" autocomplete="username" autocapitalize="none" spellcheck="false" required></p>
<p><label for="${prefix}-password">Password</label>
<input id="${prefix}-password" name="password" type="password" autocomplete="current-password"></p>
`;

const serverForm = (hidden: Hidden, offers: readonly SignInOffer[]): Markup => html`<details>
<summary>Sign in with an account on a media server</summary>
${form(
  hidden,
  'server',
  html`<p><label for="offer">Server</label>
<select id="offer" name="offer">${offers.map(({ id, title }) => html`<option value="${id}">${title}</option>`)}</select></p>
${passwordFields('server')}<p><button type="submit">Sign in with this server</button></p>`,
)}</details>
`;

/** Who sits there? */
export function signInBody(hidden: Hidden, app: ShownApp, offers: readonly SignInOffer[], fault: string | undefined): Markup {
  const inBrowser = offers.filter(({ how }) => how === 'browser');
  const byPassword = offers.filter(({ how }) => how === 'password');
  return html`<p>An app asks to use your tracker in this house. Sign in to decide.</p>
${appCard(app)}
<h2>Sign in</h2>
${faultLine(fault)}${form(hidden, 'password', html`${passwordFields('own')}<p><button type="submit" class="first">Sign in</button></p>`)}
${inBrowser.map(({ id, title }) =>
  form({ ...hidden, type: id }, 'browser', html`<p><button type="submit">Sign in with ${title}</button></p>`),
)}
${byPassword.length > 0 ? serverForm(hidden, byPassword) : undefined}`;
}

/** The person is at the vendor's page, in another tab. */
export const elsewhereBody = (hidden: Hidden, vendor: string, url: string, fault: string | undefined): Markup => html`<p>Open ${vendor} in a
new tab, sign in there, come back to this page, and go on.</p>
${faultLine(fault)}<p><a class="button" href="${url}" target="_blank" rel="noopener noreferrer">Open ${vendor}</a></p>
${form(hidden, 'browser-done', html`<p><button type="submit" class="first">I have signed in there</button></p>`)}`;

/** Does the person agree? */
export const consentBody = (hidden: Hidden, app: ShownApp, who: string): Markup => html`<p>You are signed in as ${who}.</p>
${appCard(app)}
<p class="note">Let it in only if you have just asked for this in the app. You can send it away again at any time.</p>
${form(
  hidden,
  'decide',
  html`<p class="buttons"><button type="submit" name="answer" value="approve" class="first">Let it in</button>
<button type="submit" name="answer" value="refuse">Refuse</button></p>`,
)}`;

/** Which device? */
export const codeBody = (
  hidden: Hidden,
  code: string,
  fault: string | undefined,
): Markup => html`<p>Type the code that your device shows.</p>
${faultLine(fault)}${form(
  hidden,
  'code',
  html`<p><label for="user_code">Code</label>
<input id="user_code" name="user_code" value="${code}" maxlength="20" autocomplete="one-time-code" autocapitalize="characters" spellcheck="false" required></p>
<p><button type="submit" class="first">Go on</button></p>`,
)}`;
