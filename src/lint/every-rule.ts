import type { Finding, Rule } from './rule';
import { alternatingTurns } from './rules/alternating-turns';
import { blockPlaces } from './rules/block-places';
import { cacheControlShape } from './rules/cache-control-shape';
import { cacheMarkers } from './rules/cache-markers';
import { cacheTooShort } from './rules/cache-too-short';
import { citations } from './rules/citations';
import { computerModel } from './rules/computer-model';
import { containerShape } from './rules/container-shape';
import { containerTool } from './rules/container-tool';
import { deferredTools } from './rules/deferred-tools';
import { diagnosticsShape } from './rules/diagnostics-shape';
import { documentBytes } from './rules/document-bytes';
import { duplicateNames } from './rules/duplicate-names';
import { effortModel } from './rules/effort-model';
import { emptyMessages } from './rules/empty-messages';
import { emptyText } from './rules/empty-text';
import { emptyTurns } from './rules/empty-turns';
import { errorResults } from './rules/error-results';
import { forcedTools } from './rules/forced-tools';
import { imageAfterQuestion } from './rules/image-after-question';
import { imageBytes } from './rules/image-bytes';
import { imageCount } from './rules/image-count';
import { imageDownscaled } from './rules/image-downscaled';
import { imageMediaType } from './rules/image-media-type';
import { imageOversized } from './rules/image-oversized';
import { inferenceGeoModel } from './rules/inference-geo-model';
import { inferenceGeoShape } from './rules/inference-geo-shape';
import { inputExamples } from './rules/input-examples';
import { leadingAssistant } from './rules/leading-assistant';
import { longToolNames } from './rules/long-tool-names';
import { maxTokensLimit } from './rules/max-tokens-limit';
import { maxTokensShape } from './rules/max-tokens-shape';
import { maxTokensZero } from './rules/max-tokens-zero';
import { mergedTurns } from './rules/merged-turns';
import { messagesShape } from './rules/messages-shape';
import { metadataShape } from './rules/metadata-shape';
import { modelGone } from './rules/model-gone';
import { modelRetires } from './rules/model-retires';
import { modelShape } from './rules/model-shape';
import { outputConfigShape } from './rules/output-config-shape';
import { outputFormatModel } from './rules/output-format-model';
import { outputSchema } from './rules/output-schema';
import { pdfEncrypted } from './rules/pdf-encrypted';
import { pdfModel } from './rules/pdf-model';
import { pdfPages } from './rules/pdf-pages';
import { prefillClash } from './rules/prefill-clash';
import { prefillModel } from './rules/prefill-model';
import { prefillSpace } from './rules/prefill-space';
import { requestSize } from './rules/request-size';
import { promptTooLong } from './rules/prompt-too-long';
import { samplingModel } from './rules/sampling-model';
import { samplingPair } from './rules/sampling-pair';
import { samplingRemoved } from './rules/sampling-removed';
import { temperatureShape, topKShape, topPShape } from './rules/sampling-shape';
import { samplingThinking } from './rules/sampling-thinking';
import { schemaComplexity } from './rules/schema-complexity';
import { screenSize } from './rules/screen-size';
import { serverToolPairs } from './rules/server-tool-pairs';
import { serviceTierShape } from './rules/service-tier-shape';
import { speedModel } from './rules/speed-model';
import { speedShape } from './rules/speed-shape';
import { stopSequencesShape } from './rules/stop-sequences-shape';
import { streamShape } from './rules/stream-shape';
import { strictTools } from './rules/strict-tools';
import { systemShape } from './rules/system-shape';
import { systemTurns } from './rules/system-turns';
import { thinkingBound } from './rules/thinking-bound';
import { thinkingBudget } from './rules/thinking-budget';
import { thinkingFirst } from './rules/thinking-first';
import { thinkingLast } from './rules/thinking-last';
import { thinkingModel } from './rules/thinking-model';
import { thinkingShape } from './rules/thinking-shape';
import { toolChoiceShape } from './rules/tool-choice-shape';
import { toolChoiceTools } from './rules/tool-choice-tools';
import { toolIds } from './rules/tool-ids';
import { toolNames } from './rules/tool-names';
import { toolPairs } from './rules/tool-pairs';
import { toolReferences } from './rules/tool-references';
import { toolSchemas } from './rules/tool-schemas';
import { toolsDefined } from './rules/tools-defined';
import { toolsShape } from './rules/tools-shape';
import { toolsetResults } from './rules/toolset-results';
import { toolsets } from './rules/toolsets';
import { unknownBetas } from './rules/unknown-betas';
import { unknownKeys } from './rules/unknown-keys';
import { uselessBetas } from './rules/useless-betas';
import { webDomains } from './rules/web-domains';
import { webModel } from './rules/web-model';

/**
 * Every rule, in the order in which the API checks: field by field in its own order, then keys it does not know, then the
 * form of the conversation. This much was measured with pairs of faults in August 2026; that the model, what it takes, and
 * the rest follow, is inferred. Rules that refuse nothing come last.
 */
export const RULES: readonly Rule[] = [
	requestSize,
	modelShape,
	toolChoiceShape,
	toolsShape,
	messagesShape,
	systemShape,
	thinkingShape,
	outputConfigShape,
	cacheControlShape,
	maxTokensShape,
	metadataShape,
	stopSequencesShape,
	temperatureShape,
	serviceTierShape,
	topKShape,
	topPShape,
	streamShape,
	containerShape,
	inferenceGeoShape,
	speedShape,
	diagnosticsShape,

	samplingRemoved,
	unknownKeys,

	alternatingTurns,
	systemTurns,
	emptyMessages,
	emptyTurns,
	emptyText,
	containerTool,

	modelGone,
	maxTokensLimit,
	maxTokensZero,
	inferenceGeoModel,
	toolNames,
	toolsets,
	computerModel,
	webModel,
	deferredTools,
	webDomains,
	toolSchemas,
	inputExamples,
	strictTools,
	outputSchema,
	schemaComplexity,
	outputFormatModel,
	toolChoiceTools,
	forcedTools,
	thinkingModel,
	thinkingBudget,
	effortModel,
	samplingModel,
	samplingPair,
	samplingThinking,
	blockPlaces,
	toolIds,
	toolPairs,
	toolsDefined,
	toolReferences,
	errorResults,
	toolsetResults,
	serverToolPairs,
	thinkingFirst,
	thinkingLast,
	prefillModel,
	prefillClash,
	prefillSpace,
	cacheMarkers,
	citations,
	pdfModel,
	imageCount,
	imageBytes,
	imageMediaType,
	imageOversized,
	documentBytes,
	pdfPages,

	duplicateNames,
	modelRetires,
	mergedTurns,
	leadingAssistant,
	thinkingBound,
	imageDownscaled,
	screenSize,
	imageAfterQuestion,
	pdfEncrypted,
	promptTooLong,
	cacheTooShort,
	longToolNames,
	speedModel,
	uselessBetas,
	unknownBetas,
];

/** The rules that hold on the day `today`: what the API refuses has changed over the years. */
export function rulesOn(today: string): readonly Rule[] {
	return RULES.filter(({ since = today, until = today }) => since <= today && today <= until);
}

/** The rule that made a finding: its title, why, and where that is documented. */
export function ruleOf({ rule }: Finding): Rule {
	const found = RULES.find(({ id }) => id === rule);
	if (!found) throw new RangeError(`No rule is called ${rule}.`);
	return found;
}
