import type { Values } from '../kernel/record.ts';

/** Planned unless it says otherwise; due while it is open and has a time. */
export const activityRules = {
  derive: (given: Values): Values => {
    const { dueAt: _dueAt, ...values } = given;
    const status = values['status'] ?? 'planned';
    const due = values['plannedEnd'] ?? values['plannedStart'];
    const open = status === 'planned' || status === 'inProgress';
    return { ...values, status, ...(open && due !== undefined ? { dueAt: due } : {}) };
  },
};
