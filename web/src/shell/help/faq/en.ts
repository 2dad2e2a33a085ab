import type { FaqGroup } from '../faq.ts';

export default [
  {
    id: 'start',
    title: 'Getting started',
    items: [
      {
        id: 'first-steps',
        question: 'What should I do first?',
        answer: [
          'Check the company’s name, currency and time zone, record your first customer, invite a colleague, put a web form on your site, and plan a first deal or activity. A new workspace shows these steps on the home page and ticks off what is done.',
        ],
        link: { href: '/', text: 'Home' },
      },
      {
        id: 'invite',
        question: 'How do I invite colleagues?',
        answer: [
          'Under Settings, Members: enter name, e-mail address, role and department. They get a mail with a link that works once, for seven days; you can send another one at any time.',
        ],
        link: { href: '/settings/members', text: 'Members' },
      },
      {
        id: 'demo',
        question: 'How do I get rid of the sample data?',
        answer: [
          'If your workspace is a demo, its home page says so, and a button there removes all customers, contacts, leads, deals, orders, products, activities and news, including those you entered yourself. People, roles, settings and web forms stay.',
        ],
      },
      {
        id: 'language',
        question: 'How do I change language or time zone?',
        answer: [
          'The language is in the menu with your name and takes effect at once. The time zone is in your profile: all times are shown in it, reminders and digests follow it. Every colleague chooses for themselves.',
        ],
        link: { href: '/settings/profile', text: 'Profile' },
      },
      {
        id: 'phone',
        question: 'Can I use it on my phone?',
        answer: [
          'Yes, every page works on a phone. From the browser’s menu it can be installed like an app and then opens full-screen from the home screen.',
        ],
      },
    ],
  },
  {
    id: 'customers',
    title: 'Customers',
    items: [
      {
        id: 'duplicates',
        question: 'How do I avoid entering a customer twice?',
        answer: [
          'While you type, records that look alike are named beneath the field. If you save one all the same, you are asked once more. A mistake can be deleted and brought back for thirty days.',
        ],
      },
      {
        id: 'undo',
        question: 'I changed or deleted something by mistake. What now?',
        answer: [
          'Right after a change the message at the bottom takes it back. Later, the Changes tab of a record shows who changed which field, and one press brings a value back. Deleted records can be brought back for thirty days.',
        ],
        link: { href: '/bin', text: 'Deleted records' },
      },
      {
        id: 'excel',
        question: 'Can I bring in data from Excel?',
        answer: [
          'You can paste cells from Excel into a list, up to 5,000 at a time: choose the first cell and paste. You see what will change before it does. This changes records that are there; a whole file of new records cannot be imported yet.',
        ],
      },
      {
        id: 'own-fields',
        question: 'We need a field that is not there.',
        answer: [
          'Administrators add fields under Settings, Custom fields. They appear in forms, lists, filters, search and exports like all others. Lists of choices can be renamed, reordered and extended as well.',
        ],
        link: { href: '/settings/fields', text: 'Custom fields' },
      },
    ],
  },
  {
    id: 'leads',
    title: 'Leads and web forms',
    items: [
      {
        id: 'web-form',
        question: 'How do I put a form on our website?',
        answer: [
          'Create one under Web forms, choose the questions, and paste its code where the form should appear. It needs no script and works on any site. Whoever fills it in becomes a lead within seconds. If you change the questions later, copy the code again.',
        ],
        link: { href: '/web-forms', text: 'Web forms' },
      },
      {
        id: 'lead-turn',
        question: 'Who gets a new lead?',
        answer: [
          'New leads go in turn to the members who take new leads; by default those are the members with the role Sales, and administrators switch it for each member. If nobody takes leads, the member named in the form gets it, then the form’s owner. The new owner is told in the app and by mail.',
        ],
      },
      {
        id: 'same-visitor',
        question: 'What happens if somebody sends the form twice?',
        answer: [
          'As long as a lead with the same e-mail address or phone number is open, what comes in is added to it and its owner is told. The very same message sent twice counts once.',
        ],
      },
      {
        id: 'convert',
        question: 'What does converting a lead do?',
        answer: [
          'It makes a customer, a contact and, if you wish, an opportunity out of the lead in one go, or joins a customer that is there already. The lead is then closed; everything that happened with it shows in the customer’s timeline.',
        ],
      },
    ],
  },
  {
    id: 'selling',
    title: 'Selling',
    items: [
      {
        id: 'stages',
        question: 'Can we sell by our own stages?',
        answer: [
          'Yes. Under Settings, Pipelines, administrators rename, reorder, add and remove stages, set success rates, and say after how many days a deal counts as stalled. There can be several pipelines. When a stage is removed, its open deals go on at the stage you choose.',
        ],
        link: { href: '/settings/pipelines', text: 'Pipelines' },
      },
      {
        id: 'forecast',
        question: 'How is the forecast counted?',
        answer: [
          'Each open opportunity counts with its amount multiplied by its success rate. The rate comes from the stage; if you set another one, a reason is asked for. Amounts in other currencies are not converted.',
        ],
      },
      {
        id: 'close-deal',
        question: 'How do I close a deal, and can I open it again?',
        answer: [
          'Choose Won or Lost on the opportunity, or drop its card on the bar of the board. You are asked for the reason. A closed deal can be reopened; what happened stays in its history. A won deal becomes an order with one press.',
        ],
      },
      {
        id: 'confirmed-order',
        question: 'Why can I not change an order any more?',
        answer: [
          'A confirmed order keeps its lines and amounts, because figures and warnings go by it. If it was wrong, cancel it and write a new one; a cancelled order no longer counts as bought.',
        ],
      },
    ],
  },
  {
    id: 'activities',
    title: 'Activities',
    items: [
      {
        id: 'log-call',
        question: 'What is the quickest way to log a call?',
        answer: [
          'On the record press Log (key L), choose Call, and save. Afterwards you are offered to plan the next step, so that nobody is forgotten.',
        ],
      },
      {
        id: 'reminders',
        question: 'How am I reminded?',
        answer: [
          'Choose in the activity how long before it you want to be reminded, and whether in the app, by mail or both. Activities of whole days remind at nine in the morning in your time zone. What comes again and again gets a cycle.',
        ],
        link: { href: '/agenda', text: 'Agenda' },
      },
      {
        id: 'follow',
        question: 'How do I stay informed about a customer who is not mine?',
        answer: [
          'Follow the record: you are then told of new notes and of important changes. Colleagues can also mention you in a note with @ and your name; you are told if you may read the record.',
        ],
      },
    ],
  },
  {
    id: 'insight',
    title: 'Warnings and reports',
    items: [
      {
        id: 'churn',
        question: 'When does a churn warning come?',
        answer: [
          'When a customer has been silent for more than one and a half times the usual gap between orders, or for 90 days where there are too few orders to tell. The owner is told. Ordering again ends the warning by itself.',
        ],
        link: { href: '/churn', text: 'Churn warnings' },
      },
      {
        id: 'digest',
        question: 'Why do I get a digest, or none?',
        answer: [
          'Whoever may hand leads to others gets one every morning at 08:00 in their own time zone, unless they switch it off. Everybody else who may read reports switches it on in their profile, where there is also a weekly one for Mondays.',
        ],
        link: { href: '/settings/profile', text: 'Profile' },
      },
      {
        id: 'figures',
        question: 'Why does a figure differ from the list behind it?',
        answer: [
          'Figures count what happened on the day it happened. The list shows how things stand now: what was reopened, deleted or handed on since then looks different there.',
        ],
      },
      {
        id: 'mute',
        question: 'How do I get fewer notifications?',
        answer: [
          'Under Settings, Notifications, each kind can be switched off in the app and by mail separately. In the list of notifications one press mutes a whole kind.',
        ],
        link: { href: '/settings/notifications', text: 'Notifications' },
      },
    ],
  },
  {
    id: 'rights',
    title: 'Rights and safety',
    items: [
      {
        id: 'who-sees',
        question: 'Who can see my customers?',
        answer: [
          'That depends on roles. Each right has a reach: own records, those of the team (same department), of the span (the department and all below it), or all. Sales staff read what their team owns and change what they own themselves; managers work with their span. Roles can be changed under Settings.',
        ],
        link: { href: '/settings/roles', text: 'Roles' },
      },
      {
        id: 'leaving',
        question: 'A colleague leaves. What do we do?',
        answer: [
          'An administrator disables the member: from then on they can no longer sign in. Their records can be handed over to somebody else in the same step. Nothing that they did is lost.',
        ],
        link: { href: '/settings/members', text: 'Members' },
      },
      {
        id: 'two-step',
        question: 'I lost the phone with my authenticator app.',
        answer: [
          'Sign in with your password and one of your recovery codes; two-step sign-in is then off, and you set it up anew. Without codes, an administrator can take the second step away from you. Either way you are told by mail.',
        ],
        link: { href: '/settings/security', text: 'Security' },
      },
      {
        id: 'shared-computer',
        question: 'What stays on my computer?',
        answer: [
          'On your own computer records are kept for speed, and to open without a network. They are removed when you sign out. On a shared computer untick “This is my own computer” when you sign in: nothing is then kept. Fields marked as sensitive are never kept.',
        ],
      },
    ],
  },
  {
    id: 'data',
    title: 'Data and costs',
    items: [
      {
        id: 'export',
        question: 'How do I get my data out?',
        answer: [
          'From the menu of a list, as csv or Excel, with the filter and columns you see, up to 50,000 rows. It is made in the background, and the file can be fetched for seven days. Only roles with the right to export can do it, and the log names who did.',
        ],
        link: { href: '/jobs', text: 'Exports' },
      },
      {
        id: 'offline',
        question: 'Does it work without a network?',
        answer: [
          'On your own computer it opens with what was there before, so you can look things up. A bar at the top says that you are offline, and what happens to what you change.',
        ],
      },
      {
        id: 'files',
        question: 'Which files can I attach?',
        answer: [
          'Documents, spreadsheets, pictures and the like, up to 25 MB each. Programs and other files that could do harm are refused.',
        ],
      },
      {
        id: 'costs',
        question: 'What does it cost to run?',
        answer: [
          'It runs in your company’s own AWS account and is paid by use: about 1.40 dollars a month while nobody works, about 2.60 with ten people, beyond what AWS gives for free.',
        ],
      },
    ],
  },
] satisfies readonly FaqGroup[] as readonly FaqGroup[];
