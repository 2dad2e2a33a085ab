import { m } from '#messages';
import type { Route } from './kernel/router.svelte.ts';
import { recordPages } from './records/routes.ts';

/** Every page of the product. Each is a chunk of its own; a path without parameters beats one with. */
export const routes: readonly Route[] = [
  { path: '/', frame: 'app', title: m.shell_nav_home, load: () => import('./workspace/Home.svelte') },
  ...recordPages('customer', '/customers', { list: m.shell_nav_customers, form: m.shell_new_customer }),
  ...recordPages('contact', '/contacts', { list: m.shell_nav_contacts, form: m.shell_new_contact }),
  ...recordPages('lead', '/leads', { list: m.shell_nav_leads, form: m.shell_new_lead }),
  ...recordPages('opportunity', '/opportunities', { list: m.shell_nav_opportunities, form: m.shell_new_opportunity }),
  ...recordPages('order', '/orders', { list: m.shell_nav_orders, form: m.shell_new_order }),
  ...recordPages('product', '/products', { list: m.shell_nav_products, form: m.shell_new_product }),
  ...recordPages('activity', '/activities', { list: m.shell_nav_activities, form: m.shell_new_activity }),
  { path: '/agenda', frame: 'app', title: m.activities_agenda, load: () => import('./activities/AgendaPage.svelte') },
  ...recordPages('churnWarning', '/churn-warnings', { list: m.shell_nav_churn, form: m.shell_nav_churn }),
  ...recordPages('submission', '/submissions', { list: m.leads_posts, form: m.leads_posts }),
  { path: '/web-forms', frame: 'app', title: m.shell_nav_forms, load: () => import('./leads/WebFormsPage.svelte') },
  { path: '/web-forms/new', frame: 'app', title: m.leads_form_new, load: () => import('./leads/NewWebFormPage.svelte') },
  { path: '/web-forms/:id', frame: 'app', title: m.leads_form, load: () => import('./leads/WebFormPage.svelte') },
  { path: '/sign-in', frame: 'plain', title: m.workspace_sign_in, load: () => import('./workspace/SignIn.svelte') },
  { path: '/sign-up', frame: 'plain', title: m.workspace_sign_up, load: () => import('./workspace/SignUp.svelte') },
  { path: '/forgot', frame: 'plain', title: m.workspace_forgot, load: () => import('./workspace/ForgotPassword.svelte') },
  { path: '/reset', frame: 'plain', title: m.workspace_reset, load: () => import('./workspace/ResetPassword.svelte') },
  { path: '/invite', frame: 'plain', title: m.workspace_invite, load: () => import('./workspace/AcceptInvite.svelte') },
  { path: '/settings', frame: 'app', title: m.settings_title, load: () => import('./workspace/settings/SettingsIndex.svelte') },
  { path: '/settings/profile', frame: 'app', title: m.settings_profile, load: () => import('./workspace/settings/ProfilePage.svelte') },
  { path: '/settings/members', frame: 'app', title: m.settings_members, load: () => import('./workspace/settings/MembersPage.svelte') },
  {
    path: '/settings/departments',
    frame: 'app',
    title: m.settings_departments,
    load: () => import('./workspace/settings/DepartmentsPage.svelte'),
  },
  { path: '/settings/roles', frame: 'app', title: m.settings_roles, load: () => import('./workspace/settings/RolesPage.svelte') },
  { path: '/settings/fields', frame: 'app', title: m.settings_fields, load: () => import('./workspace/settings/FieldsPage.svelte') },
  {
    path: '/settings/workspace',
    frame: 'app',
    title: m.settings_workspace,
    load: () => import('./workspace/settings/WorkspacePage.svelte'),
  },
  { path: '/churn', frame: 'app', title: m.shell_nav_churn, load: () => import('./insight/churn/ChurnPage.svelte') },
  { path: '/digests', frame: 'app', title: m.insight_digests, load: () => import('./insight/DigestsPage.svelte') },
  { path: '/digests/:id', frame: 'app', title: m.insight_digest, load: () => import('./insight/DigestPage.svelte') },
  {
    path: '/notifications',
    frame: 'app',
    title: m.notifications_title,
    load: () => import('./workspace/notifications/NotificationsPage.svelte'),
  },
];
