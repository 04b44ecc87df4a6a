import type { RunningApp, Stdout } from './app.js';

/** The Express majors every example runs on. */
export const majors = [4, 5] as const;

/** A major version of Express. */
export type Major = (typeof majors)[number];

/** Something that holds on each major. */
export type PerMajor<Value> = Readonly<Record<Major, Value>>;

/** What a proof saw, by the name of the observation. */
export type Facts = Readonly<Record<string, string | number | boolean>>;

/** What happens when an example runs. */
export interface Outcome {
  /** For the documentation page: what the clients and the process go through. */
  says: string;
  /** What `observe` must return. */
  facts: Facts;
}

/** One example app: what it does, and what the rule says about it. */
export interface Example {
  file: string;
  outcome: PerMajor<Outcome>;
  /** A piece of each source line the rule reports, in order. Nothing for a good example. */
  reports: PerMajor<readonly string[]>;
}

/** How a bad example can be repaired by the rule itself. */
export type Repair = 'fix' | 'suggestion';

/** One way to fail, beside the code that does not. */
export interface Scenario {
  title: string;
  bad: Example;
  good: Example;
  /** Options of the rule, where the bad example is reported only with them. */
  options?: readonly unknown[];
  /** Left out where a person has to repair the code. Where the bad app is reported, the repaired one must behave as the good one. */
  repair?: Repair;
  /** What standard output is connected to. */
  stdout?: Stdout;
  /** Makes what the app needs in its working directory. */
  prepare?: (directory: string) => void;
  /** Whether the app may end before it listens; `observe` sees it then. */
  mayEnd?: boolean;
  /** Sends the requests, and returns what became of them. */
  observe: (app: RunningApp) => Promise<Facts>;
}

/** What a rule says about an example under other options. */
export interface Verdict {
  file: string;
  options: readonly unknown[];
  reports: PerMajor<readonly string[]>;
}

/** Everything that is proved about one rule. */
export interface Proof {
  rule: string;
  /** The only major that the rule is about: what is good there need not be good on another. */
  only?: Major;
  scenarios: readonly Scenario[];
  verdicts?: readonly Verdict[];
}

/** The same on every major. */
export function both<Value>(value: Value): PerMajor<Value> {
  return { 4: value, 5: value };
}

/** What a function says about each major. */
export function perMajor<Value>(valueFor: (major: Major) => Value): PerMajor<Value> {
  return { 4: valueFor(4), 5: valueFor(5) };
}

/** No report, on any major. */
export const silent: PerMajor<readonly string[]> = both([]);
