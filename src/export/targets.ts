import { curl } from './curl';
import { fetchTarget } from './fetch';
import { python } from './python';
import type { ExportTarget } from './target';
import { typescript } from './typescript';

/** What the request can be written in, in the order in which it is offered. */
export const exportTargets: readonly ExportTarget[] = [curl, python, typescript, fetchTarget];
