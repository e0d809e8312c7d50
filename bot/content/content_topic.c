#include "bot/content/content_topic.h"

#include <string.h>

/* What a phrase says where it stands in the title, and where in the abstract.
 * Sorted by strcmp. */
static const struct entry {
    const char *words;
    unsigned char in_title, in_abstract;
} entries[] = {
        {"agent", TOPIC_AGENT, TOPIC_NONE},
        {"agentic", TOPIC_AGENT, TOPIC_NONE},
        {"agriculture", TOPIC_APPLICATION, TOPIC_APPLICATION},
        {"autonomous driving", TOPIC_APPLICATION, TOPIC_APPLICATION},
        {"benchmark", TOPIC_RESOURCE, TOPIC_NONE},
        {"benchmarking", TOPIC_RESOURCE, TOPIC_NONE},
        {"billion", TOPIC_NONE, TOPIC_SCALE},
        {"biomedical", TOPIC_MEDICINE, TOPIC_MEDICINE},
        {"blockchain", TOPIC_APPLICATION, TOPIC_APPLICATION},
        {"cancer", TOPIC_MEDICINE, TOPIC_MEDICINE},
        {"chain of thought", TOPIC_REASONING_TITLE, TOPIC_REASONING},
        {"classification", TOPIC_RECOGNITION, TOPIC_RECOGNITION},
        {"classifier", TOPIC_RECOGNITION, TOPIC_RECOGNITION},
        {"clinical", TOPIC_MEDICINE, TOPIC_MEDICINE},
        {"cnn", TOPIC_APPLICATION, TOPIC_APPLICATION},
        {"computer use", TOPIC_AGENT, TOPIC_NONE},
        {"corpus", TOPIC_RESOURCE, TOPIC_NONE},
        {"dataset", TOPIC_RESOURCE, TOPIC_NONE},
        {"deep research", TOPIC_AGENT, TOPIC_NONE},
        {"detection", TOPIC_RECOGNITION, TOPIC_RECOGNITION},
        {"diffusion model", TOPIC_NONE, TOPIC_MEDIA},
        {"diffusion transformer", TOPIC_MEDIA_TITLE, TOPIC_MEDIA},
        {"disease", TOPIC_MEDICINE, TOPIC_MEDICINE},
        {"education", TOPIC_APPLICATION, TOPIC_APPLICATION},
        {"eeg", TOPIC_MEDICINE, TOPIC_MEDICINE},
        {"equilibrium", TOPIC_THEORY, TOPIC_THEORY},
        {"federated", TOPIC_APPLICATION, TOPIC_APPLICATION},
        {"financial", TOPIC_APPLICATION, TOPIC_APPLICATION},
        {"flow matching", TOPIC_NONE, TOPIC_MEDIA},
        {"foundation model", TOPIC_NONE, TOPIC_SCALE},
        {"graph neural network", TOPIC_APPLICATION, TOPIC_APPLICATION},
        {"grpo", TOPIC_REINFORCEMENT, TOPIC_REINFORCEMENT},
        {"hate speech", TOPIC_APPLICATION, TOPIC_APPLICATION},
        {"healthcare", TOPIC_MEDICINE, TOPIC_MEDICINE},
        {"histopathology", TOPIC_MEDICINE, TOPIC_MEDICINE},
        {"image editing", TOPIC_MEDIA_TITLE, TOPIC_MEDIA},
        {"image generation", TOPIC_NONE, TOPIC_MEDIA},
        {"inference time", TOPIC_EFFICIENCY, TOPIC_EFFICIENCY},
        {"kv cache", TOPIC_EFFICIENCY, TOPIC_EFFICIENCY},
        {"language model", TOPIC_NONE, TOPIC_LANGUAGE_MODEL},
        {"large language model", TOPIC_NONE, TOPIC_LANGUAGE_MODEL},
        {"legal", TOPIC_APPLICATION, TOPIC_APPLICATION},
        {"lidar", TOPIC_APPLICATION, TOPIC_APPLICATION},
        {"llm", TOPIC_NONE, TOPIC_LANGUAGE_MODEL},
        {"long context", TOPIC_EFFICIENCY, TOPIC_EFFICIENCY},
        {"low resource", TOPIC_APPLICATION, TOPIC_APPLICATION},
        {"lower bound", TOPIC_THEORY, TOPIC_THEORY},
        {"lstm", TOPIC_APPLICATION, TOPIC_APPLICATION},
        {"machine translation", TOPIC_APPLICATION, TOPIC_APPLICATION},
        {"medical", TOPIC_MEDICINE, TOPIC_MEDICINE},
        {"mixture of expert", TOPIC_EFFICIENCY, TOPIC_EFFICIENCY},
        {"mllm", TOPIC_NONE, TOPIC_LANGUAGE_MODEL},
        {"mri", TOPIC_MEDICINE, TOPIC_MEDICINE},
        {"multimodal", TOPIC_MULTIMODAL, TOPIC_NONE},
        {"np hard", TOPIC_THEORY, TOPIC_THEORY},
        {"object detection", TOPIC_RECOGNITION, TOPIC_RECOGNITION},
        {"omni", TOPIC_MULTIMODAL, TOPIC_NONE},
        {"open source", TOPIC_NONE, TOPIC_RELEASE},
        {"open sourced", TOPIC_NONE, TOPIC_RELEASE},
        {"open sourcing", TOPIC_NONE, TOPIC_RELEASE},
        {"open weight", TOPIC_NONE, TOPIC_RELEASE},
        {"overview", TOPIC_SURVEY, TOPIC_NONE},
        {"patient", TOPIC_MEDICINE, TOPIC_MEDICINE},
        {"policy optimization", TOPIC_REINFORCEMENT, TOPIC_REINFORCEMENT},
        {"polynomial time", TOPIC_THEORY, TOPIC_THEORY},
        {"pre training", TOPIC_NONE, TOPIC_SCALE},
        {"pretraining", TOPIC_NONE, TOPIC_SCALE},
        {"publicly release", TOPIC_NONE, TOPIC_RELEASE},
        {"radar", TOPIC_APPLICATION, TOPIC_APPLICATION},
        {"radiology", TOPIC_MEDICINE, TOPIC_MEDICINE},
        {"reasoning", TOPIC_REASONING_TITLE, TOPIC_REASONING},
        {"recommendation", TOPIC_APPLICATION, TOPIC_APPLICATION},
        {"reinforcement learning", TOPIC_REINFORCEMENT, TOPIC_REINFORCEMENT},
        {"remote sensing", TOPIC_APPLICATION, TOPIC_APPLICATION},
        {"review", TOPIC_SURVEY, TOPIC_NONE},
        {"rlhf", TOPIC_REINFORCEMENT, TOPIC_REINFORCEMENT},
        {"rlvr", TOPIC_REINFORCEMENT, TOPIC_REINFORCEMENT},
        {"satellite", TOPIC_APPLICATION, TOPIC_APPLICATION},
        {"scaling", TOPIC_NONE, TOPIC_SCALE},
        {"segmentation", TOPIC_RECOGNITION, TOPIC_RECOGNITION},
        {"sentiment", TOPIC_APPLICATION, TOPIC_APPLICATION},
        {"sparse attention", TOPIC_EFFICIENCY, TOPIC_EFFICIENCY},
        {"speech recognition", TOPIC_APPLICATION, TOPIC_APPLICATION},
        {"student", TOPIC_APPLICATION, TOPIC_APPLICATION},
        {"survey", TOPIC_SURVEY, TOPIC_NONE},
        {"tech report", TOPIC_REPORT, TOPIC_REPORT},
        {"technical report", TOPIC_REPORT, TOPIC_REPORT},
        {"test time scaling", TOPIC_NONE, TOPIC_REASONING},
        {"text to image", TOPIC_MEDIA_TITLE, TOPIC_MEDIA},
        {"text to video", TOPIC_MEDIA_TITLE, TOPIC_MEDIA},
        {"theorem", TOPIC_THEORY, TOPIC_THEORY},
        {"thinking", TOPIC_REASONING_TITLE, TOPIC_NONE},
        {"time series", TOPIC_APPLICATION, TOPIC_APPLICATION},
        {"traffic", TOPIC_APPLICATION, TOPIC_APPLICATION},
        {"training free", TOPIC_EFFICIENCY, TOPIC_EFFICIENCY},
        {"trillion", TOPIC_NONE, TOPIC_SCALE},
        {"tumor", TOPIC_MEDICINE, TOPIC_MEDICINE},
        {"u net", TOPIC_APPLICATION, TOPIC_APPLICATION},
        {"ultrasound", TOPIC_MEDICINE, TOPIC_MEDICINE},
        {"unified", TOPIC_MULTIMODAL, TOPIC_NONE},
        {"verifiable reward", TOPIC_REINFORCEMENT, TOPIC_REINFORCEMENT},
        {"video", TOPIC_MEDIA_TITLE, TOPIC_NONE},
        {"video generation", TOPIC_NONE, TOPIC_MEDIA},
        {"vision language", TOPIC_MULTIMODAL, TOPIC_NONE},
        {"vision language action", TOPIC_MULTIMODAL, TOPIC_NONE},
        {"we prove", TOPIC_THEORY, TOPIC_THEORY},
        {"we release", TOPIC_NONE, TOPIC_RELEASE},
        {"will release", TOPIC_NONE, TOPIC_RELEASE},
        {"wireless", TOPIC_APPLICATION, TOPIC_APPLICATION},
        {"world model", TOPIC_MEDIA_TITLE, TOPIC_NONE},
};

static const size_t entry_count = sizeof entries / sizeof entries[0];

bool content_topic_is_sorted(void)
{
    for (size_t i = 1; i < entry_count; i++)
        if (strcmp(entries[i - 1].words, entries[i].words) >= 0)
            return false;
    return true;
}

/* The first entry that begins with the letter or a later one. */
static size_t first_entry(char letter)
{
    size_t low = 0, high = entry_count;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (entries[middle].words[0] < letter)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static uint64_t topics_at(const char *word, bool title)
{
    uint64_t topics = 0;

    for (size_t i = first_entry(*word);
            i < entry_count && entries[i].words[0] == *word; i++)
        if (selection_match_begins(word, entries[i].words))
            topics |= UINT64_C(1)
                    << (title ? entries[i].in_title : entries[i].in_abstract);
    return topics;
}

/* Looks at each word once, whatever the number of entries. */
static uint64_t topics_of_text(const char *text, bool title)
{
    uint64_t topics = 0;
    bool inside = false;

    for (; *text; text++) {
        bool word = (*text >= 'a' && *text <= 'z') ||
                (*text >= '0' && *text <= '9') || (unsigned char)*text >= 0x80;

        if (word && !inside)
            topics |= topics_at(text, title);
        inside = word;
    }
    return topics;
}

uint64_t content_topic_all(const struct match_paper *paper)
{
    const uint64_t nothing = UINT64_C(1) << TOPIC_NONE;

    return (topics_of_text(paper->title, true) |
                   topics_of_text(paper->abstract, false)) &
            ~nothing;
}

const struct phrase *content_topic_phrase(enum content_topic topic)
{
    static const struct phrase said[TOPIC_COUNT] = {
            [TOPIC_NONE] = {.english = "", .chinese = ""},
            [TOPIC_RESOURCE] = {.english = "a benchmark or a data set",
                    .chinese = "评测基准或数据集"},
            [TOPIC_SURVEY] = {.english = "a survey", .chinese = "综述"},
            [TOPIC_LANGUAGE_MODEL] = {.english = "language models",
                    .chinese = "语言模型"},
            [TOPIC_REASONING_TITLE] = {.english = "reasoning, in the title",
                    .chinese = "标题谈推理"},
            [TOPIC_REASONING] = {.english = "reasoning", .chinese = "推理"},
            [TOPIC_REINFORCEMENT] = {.english = "reinforcement learning",
                    .chinese = "强化学习"},
            [TOPIC_AGENT] = {.english = "agents", .chinese = "智能体"},
            [TOPIC_MULTIMODAL] = {.english = "several modalities",
                    .chinese = "多模态"},
            [TOPIC_MEDIA_TITLE] = {.english = "video or worlds, in the title",
                    .chinese = "标题谈视频或世界模型"},
            [TOPIC_MEDIA] = {.english = "generating pictures or video",
                    .chinese = "图像或视频生成"},
            [TOPIC_SCALE] = {.english = "large models and their training",
                    .chinese = "大模型及其训练"},
            [TOPIC_RELEASE] = {.english = "something released",
                    .chinese = "开源发布"},
            [TOPIC_EFFICIENCY] = {.english = "efficiency", .chinese = "效率"},
            [TOPIC_MEDICINE] = {.english = "medicine", .chinese = "医学"},
            [TOPIC_RECOGNITION] = {.english = "recognition and detection",
                    .chinese = "识别与检测"},
            [TOPIC_APPLICATION] = {.english = "a narrow application",
                    .chinese = "专门应用"},
            [TOPIC_THEORY] = {.english = "theory", .chinese = "理论"},
            [TOPIC_REPORT] = {.english = "a technical report",
                    .chinese = "技术报告"},
    };

    return &said[topic];
}
