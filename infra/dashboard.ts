import { AlarmStatusWidget, Dashboard, GraphWidget, type Alarm, type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Metrics } from './metrics.ts';

/** One page that answers: is it well, is it behind, what does it use. */
export function createDashboard(scope: Construct, metrics: Metrics, alarms: Alarm[]): void {
  new Dashboard(scope, 'Dashboard', {
    widgets: [
      [new AlarmStatusWidget({ title: 'Alarms', alarms, width: 24, height: 3 })],
      [
        graph('Requests', [metrics.requests, metrics.apiRefusals, metrics.apiFailures]),
        graph('Answer time, 95th percentile (ms)', [metrics.latency]),
        graph('Table units', [metrics.readUnits, metrics.writeUnits]),
      ],
      [
        graph('Behind: stream (ms)', [metrics.streamAge]),
        graph('Behind: queues (s)', Object.values(metrics.queueAges)),
        graph('Mails', [metrics.mailsSent]),
      ],
    ],
  });
}

function graph(title: string, left: Metric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 8, height: 6 });
}
