import type { HelpTexts } from '../helpTexts.ts';

export default {
  kinds: {
    list: {
      about:
        'The list shows what you may see. Search and filter it, save what you need again as a view, and work on many rows at once. The address keeps view and filter: a colleague who opens it sees the same.',
      tips: [
        { text: 'Go down and up, and look at a record beside the list', keys: 'j k Enter' },
        { text: 'Search within the list', keys: 'f' },
        { text: 'Select a row, then edit, assign, tag or delete all selected ones', keys: 'x' },
      ],
    },
    new: {
      about:
        'Fill in what you know; only fields marked as required must be there. Records that look alike are named while you type, so nothing is entered twice.',
      tips: [{ text: 'Save from any field', keys: '$mod+Enter' }, { text: 'Leaving with unsaved entries asks first.' }],
    },
    record: {
      about:
        'Everything about one record: its fields, what happened and what comes next, and what belongs to it. Click a value to change it where it stands.',
      tips: [
        { text: 'Edit all fields at once', keys: 'e' },
        { text: 'Go to the next or previous record of the list you came from', keys: 'j k' },
        { text: 'Under Changes each field shows who changed it, and one press brings a value back.' },
      ],
    },
    edit: {
      about:
        'All fields of the record in one form. If a colleague changes the same record meanwhile, only fields that both of you changed are asked about.',
      tips: [{ text: 'Save from any field', keys: '$mod+Enter' }, { text: 'Leaving with unsaved entries asks first.' }],
    },
  },
  types: {
    customer: {
      about: 'Customers are companies or people you do business with, each with an owner who looks after them.',
      tip: { text: 'Go to customers from anywhere', keys: 'g c' },
    },
    contact: {
      about: 'Contacts are the people you talk to at your customers: their role, phones and e-mail addresses.',
      tip: { text: 'Go to contacts from anywhere', keys: 'g n' },
    },
    lead: {
      about:
        'A lead is somebody who may become a customer. It ends as converted into customer, contact and opportunity, or as unqualified.',
      tip: { text: 'Go to leads from anywhere', keys: 'g l' },
    },
    opportunity: {
      about:
        'An opportunity is a possible sale: who wants what, for how much, and by when. It moves from stage to stage until it is won or lost.',
      tip: { text: 'On the board a card moves by mouse, finger or keyboard: Space picks it up, arrow keys carry it.' },
    },
    order: {
      about:
        'An order says what a customer bought, line by line. Confirmed orders count as sales and set the rhythm that churn warnings go by.',
      tip: { text: 'A confirmed order keeps its lines and amounts.' },
    },
    product: {
      about: 'Products are what you sell, with unit and price. Opportunities and orders take both from here.',
      tip: { text: 'A price changed here changes no line that was written before.' },
    },
    activity: {
      about:
        'Activities are calls, visits, meetings, mails and to-dos, planned or done. They show in the timelines of the records they belong to.',
      tip: { text: 'The agenda shows the same by day and week.' },
    },
    churnWarning: {
      about: 'Churn warnings name customers who have been silent for longer than they usually are, also those that ended.',
      tip: { text: 'A customer who orders again ends the warning.' },
    },
    submission: {
      about: 'A form entry is what a visitor sent by one of your web forms, exactly as it arrived.',
      tip: { text: 'Whoever writes again is added to the same lead.' },
    },
    news: { about: 'A news item is read by everyone as soon as it is saved, so changes here show at once.' },
    newsDraft: {
      about:
        'Drafts of news are seen only by people who keep the news. Give a draft a time and it is published by itself, or publish it by hand.',
      tip: { text: 'Publishing notifies everyone else once; later corrections notify nobody.' },
    },
  },
  pages: {
    '/': {
      about:
        'Your working day: what you have planned, what is new, and how sales stand. Every figure leads to the list behind it. Managers choose whose figures they see at the top.',
      tips: [
        { text: 'Find a record, a page or an action from anywhere', keys: '$mod+k' },
        { text: 'Create something new', keys: 'c' },
        { text: 'All keyboard shortcuts', keys: '?' },
      ],
    },
    '/help': {
      about: 'Questions that come up at work, with short answers. Every answer has an address of its own that you can send to a colleague.',
      tips: [
        { text: 'Type words into the search box to narrow the questions down.' },
        { text: 'The “?” at the top explains the page you are on.' },
      ],
    },
    '/agenda': {
      about: 'What you have planned, by day or week; managers also see the agendas of their people. What overlaps is marked.',
      tips: [
        { text: 'Plan something', keys: 'n' },
        { text: 'Back to today', keys: 't' },
        { text: 'Show a day or a week', keys: 'd w' },
        { text: 'Later and earlier', keys: 'j k' },
      ],
    },
    '/web-forms': {
      about: 'Forms that stand on your own website. Whoever fills one in becomes a lead within seconds, and its new owner is told.',
      tips: [
        { text: 'A paused form takes no messages and tells visitors so.' },
        { text: 'New leads go in turn to the members who take new leads.' },
      ],
    },
    '/web-forms/new': {
      about: 'Choose what visitors are asked and in which language. Fewer questions bring more leads.',
      tips: [{ text: 'The preview shows the form as visitors see it.' }, { text: 'A consent text adds a box that visitors must tick.' }],
    },
    '/web-forms/:id': {
      about: 'One form: its questions, the code for your website, and what came in by it.',
      tips: [
        { text: 'Paste the code where the form should appear; it works on any site, without scripts.' },
        { text: 'If you change the questions, copy the code to your site again.' },
      ],
    },
    '/news': {
      about:
        'What the company tells everyone, by category. Pinned items stand on top, then the newest; a dot marks what you have not seen.',
      tips: [{ text: 'Go to the news from anywhere', keys: 'g e' }, { text: 'People who keep the news write, schedule and publish here.' }],
    },
    '/news/:id': {
      about: 'One news item. Web addresses in the text open in a new tab.',
      tips: [{ text: 'Back to all news', keys: 'g e' }, { text: 'Those who keep the news edit or delete it at the top.' }],
    },
    '/bin': {
      about: 'Records that were deleted, the last ones first. They can be brought back for thirty days, with their history.',
      tips: [{ text: 'You see what you may delete yourself.' }, { text: 'After thirty days a record is gone for good.' }],
    },
    '/churn': {
      about:
        'Customers who may be about to leave, the dearest first, with the reason and a suggested step. Say that you take care of one, put it off, or say how it ended.',
      tips: [
        {
          text: 'A warning comes after one and a half times the usual gap between orders, or after 90 days where there are too few orders to tell.',
        },
        { text: 'Go to the warnings from anywhere', keys: 'g w' },
      ],
    },
    '/digests': {
      about: 'Reports of what your people did: daily at 08:00 in your time zone, and on Mondays of the whole week. They also come by mail.',
      tips: [{ text: 'Switch digests on or off in your profile.' }, { text: 'Go to the digests from anywhere', keys: 'g d' }],
    },
    '/digests/:id': {
      about:
        'One digest: figures beside those of the time before, then what happened, person by person. It stays as it was on that morning.',
      tips: [{ text: 'Older and newer digests', keys: 'j k' }, { text: 'Names lead to the records as they stand today.' }],
    },
    '/jobs': {
      about: 'Work that goes on in the background, such as exports. You may leave the page; you are told when it is done.',
      tips: [{ text: 'A finished file can be fetched here for seven days.' }, { text: 'A job that runs can be cancelled.' }],
    },
    '/jobs/:id': {
      about: 'Work that goes on in the background, such as exports, with the one you were led to.',
      tips: [{ text: 'A finished file can be fetched here for seven days.' }, { text: 'A job that runs can be cancelled.' }],
    },
    '/notifications': {
      about: 'What you were told of: work assigned to you, reminders, mentions, and changes of what you follow.',
      tips: [{ text: 'Mute a kind of notification from the menu beside it.' }, { text: 'Choose what also comes by mail in the settings.' }],
    },
    '/whats-new': {
      about: 'What has changed in Regulars, the newest first.',
      tips: [
        { text: 'A hint tells you after an update that there is something new.' },
        { text: 'Find this page in the menu with your name.' },
      ],
    },
    '/settings': {
      about: 'Everything you can set, in groups. You see what your role lets you set; your profile and security are always yours.',
      tips: [{ text: 'Type a word to find a setting.' }, { text: 'Go to the settings from anywhere', keys: 'g ,' }],
    },
    '/settings/profile': {
      about: 'Your name, language and time zone. All times are shown in this zone, and your digest arrives at 08:00 there.',
      tips: [{ text: 'On a shared computer, switch off that records are kept here.' }, { text: 'Digests are switched on and off here.' }],
    },
    '/settings/security': {
      about: 'Two-step sign-in, and the devices on which you are signed in.',
      tips: [
        { text: 'Keep the recovery codes where you find them without your phone.' },
        { text: 'Signing out one device takes effect within 15 minutes, all others within half a minute.' },
      ],
    },
    '/settings/notifications': {
      about: 'Choose for each kind of notification whether it reaches you in the app, by mail, both or not at all.',
      tips: [{ text: 'Digests are switched in your profile.' }, { text: 'A new kind is on at first.' }],
    },
    '/settings/members': {
      about: 'Everyone who works in this workspace, with role and department. Administrators invite people here, and disable who leaves.',
      tips: [
        { text: 'Whoever is disabled can no longer sign in; their records can be handed over.' },
        { text: 'There is always at least one owner.' },
      ],
    },
    '/applications': {
      about: 'People who applied for an account under your link, with their e-mail address confirmed.',
      tips: [
        { text: 'An approval sends an invitation, with the role and department you choose.' },
        { text: 'A declined application can still be approved. All are deleted after 30 days.' },
      ],
    },
    '/applications/:id': {
      about: 'People who applied for an account under your link, with their e-mail address confirmed, with the one you were led to.',
      tips: [
        { text: 'An approval sends an invitation, with the role and department you choose.' },
        { text: 'A declined application can still be approved. All are deleted after 30 days.' },
      ],
    },
    '/settings/departments': {
      about: 'The tree of departments decides whose work managers see: their own department and all below it.',
      tips: [
        { text: 'Move a department in the tree with Alt, Shift and the arrow keys.' },
        { text: 'Small teams can do without departments.' },
      ],
    },
    '/settings/roles': {
      about: 'What each role may do, and with whose records: own, team, span or all.',
      tips: [
        { text: 'Nobody gives away a right that they do not have.' },
        { text: 'The owner role cannot be changed, so nobody is locked out.' },
      ],
    },
    '/settings/fields': {
      about: 'Fields that only your business keeps. They appear in forms, lists, filters, search and exports like all others.',
      tips: [{ text: 'A field taken out of use keeps its values.' }, { text: 'The kind of a field stays as it was made.' }],
    },
    '/settings/forms': {
      about: 'Order and sections of the fields in forms and on the pages of records, and which fields are hidden.',
      tips: [
        { text: 'Hidden fields keep their values and still serve lists, filters and exports.' },
        { text: 'The preview shows the form as colleagues will see it.' },
      ],
    },
    '/settings/pipelines': {
      about: 'The ways you sell: their stages in both languages, with success rates and the days until a deal counts as stalled.',
      tips: [
        { text: 'When a stage is removed, its open deals go on at another one.' },
        { text: 'What was won or lost keeps its history.' },
      ],
    },
    '/settings/lists': {
      about: 'What is offered to choose from: industries, sources, reasons, news categories and the like.',
      tips: [{ text: 'Choices taken off a list stay on older records.' }, { text: 'A choice that records may hold cannot be deleted.' }],
    },
    '/settings/workspace': {
      about: 'Name, logo, currency, fiscal year and languages of your company, and whether people may apply for an account.',
      tips: [
        { text: 'Amounts already written keep their currency and are not converted.' },
        { text: 'Members may have time zones of their own.' },
        { text: 'A language that is withdrawn keeps working for whoever uses it.' },
      ],
    },
    '/settings/audit': {
      about: 'Who signed in, exported, or changed people, rights and set-up. The log is kept for 400 days.',
      tips: [{ text: 'Filter by kind, person and period.' }, { text: 'Nobody can change the log.' }],
    },
    '/sign-in': {
      about: 'Sign in with your e-mail address and password; with two-step sign-in also with a code from your app.',
      tips: [{ text: 'Untick “This is my own computer” where others use it too.' }, { text: 'A forgotten password is set anew by mail.' }],
    },
    '/sign-up': {
      about: 'Open a workspace for your team. You become its owner and can invite others.',
      tips: [
        { text: 'A short sentence makes a password that is easy to remember.' },
        { text: 'If colleagues already use Regulars, ask them for an invitation instead.' },
      ],
    },
    '/forgot': {
      about: 'Enter your e-mail address and we send you a link to choose a new password.',
      tips: [
        { text: 'The page says the same whether or not the address is known.' },
        { text: 'Look into the spam folder if nothing comes.' },
      ],
    },
    '/reset': {
      about: 'Choose a new password. The link in the mail works once.',
      tips: [{ text: 'If the link has expired, ask for another one.' }, { text: 'A short sentence makes a good password.' }],
    },
    '/invite': {
      about: 'You were invited by a colleague: tell us your name and choose a password.',
      tips: [
        { text: 'If you already have an account, enter its password.' },
        { text: 'If the link has expired, ask to be invited again.' },
      ],
    },
    '/apply/:code': {
      about: 'Ask a company for an account: say who you are, and confirm your e-mail address by the link we send.',
      tips: [
        { text: 'The company hears of you only after you have confirmed.' },
        { text: 'Without a decision within 30 days your application is deleted, and you may apply again.' },
      ],
    },
    '/two-step': {
      about: 'This workspace asks for two-step sign-in: after your password, a code from an app on your phone.',
      tips: [
        { text: 'Any authenticator app works, such as those of Microsoft or Google.' },
        { text: 'Keep the recovery codes: each one opens your account once without the app.' },
      ],
    },
  },
} satisfies HelpTexts as HelpTexts;
