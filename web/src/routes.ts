import { m } from '#messages';
import type { Route } from './kernel/router.svelte.ts';

/** Every page of the product. Each is a chunk of its own; a path without parameters beats one with. */
export const routes: readonly Route[] = [
  { path: '/', frame: 'app', title: m.shell_nav_home, load: () => import('./workspace/Home.svelte') },
  { path: '/sign-in', frame: 'plain', title: m.workspace_sign_in, load: () => import('./workspace/SignIn.svelte') },
  { path: '/sign-up', frame: 'plain', title: m.workspace_sign_up, load: () => import('./workspace/SignUp.svelte') },
  { path: '/forgot', frame: 'plain', title: m.workspace_forgot, load: () => import('./workspace/ForgotPassword.svelte') },
  { path: '/reset', frame: 'plain', title: m.workspace_reset, load: () => import('./workspace/ResetPassword.svelte') },
  { path: '/invite', frame: 'plain', title: m.workspace_invite, load: () => import('./workspace/AcceptInvite.svelte') },
];
