import { m } from '#messages';
import { addErrorWords } from '../kernel/errors.ts';
import { addIssueWords } from '../kernel/issues.ts';

// What the server refuses about opportunities and orders; their screens import these words.
addErrorWords({
  'opportunity.closed': () => m.sales_refused_closed(),
  'order.status': () => m.sales_refused_order_status(),
});
addIssueWords({
  'opportunity.closed': () => m.sales_refused_closed(),
  'opportunity.close.lossReasonMissing': () => m.sales_refused_reason(),
  'opportunity.successRate.reasonMissing': () => m.sales_refused_rate_reason(),
  'opportunity.amount.ofLines': () => m.sales_refused_amount_of_lines(),
  'workGroup.sharesOverWhole': () => m.sales_refused_shares(),
  'workGroup.memberTwice': () => m.sales_refused_member_twice(),
  'line.quantity': () => m.sales_refused_quantity(),
  'line.percent': () => m.sales_refused_percent(),
  'money.tooLarge': () => m.sales_refused_too_large(),
  'order.confirmed': () => m.sales_refused_confirmed(),
});
