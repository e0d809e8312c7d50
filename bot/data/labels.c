#include "bot/labels.h"

static const char *const english[LABEL_COUNT] = {
        [LABEL_LEGEND_JOIN] = " · ",
        [LABEL_HEADLINE] = "In brief: ",
        [LABEL_HEADLINE_JOIN] = "; ",
        [LABEL_NUMBER_STOP] = ". ",
        [LABEL_NOTE_STOP] = ". ",
        [LABEL_ALSO] = "Also worth a look:",
        [LABEL_UNTRANSLATED] = "[original] ",
        [LABEL_QUIET_HOLIDAY] = "No arXiv announcement today",
        [LABEL_QUIET_LATE] = "Today's arXiv announcement is not out yet; its "
                             "papers will be in the next digest",
        [LABEL_QUIET_FAILED] = "Today's arXiv announcement cannot be read yet; "
                               "its papers will be in the next digest",
        [LABEL_MARK_VERSION] = "[v%1]",
        [LABEL_MARK_WITHDRAWN] = "[withdrawn]",
        [LABEL_MARK_ACCEPTED] = "[accepted: %1]",
        [LABEL_WEEK] = "No arXiv announcement today: the best of the week",
        [LABEL_WEEK_TITLE] = "Best of the week%1 · %2",
        [LABEL_WEEK_FOOT] = "arXiv, the week to%1 · %2 new + %3 cross-listed, "
                            "%4 chosen",
        [LABEL_CHOSEN] = "Chosen by %1",
        [LABEL_CURATED] = "Curator's note: %1",
        [LABEL_DIGEST_TITLE] = "Papers%1 · %2",
        [LABEL_FOOT] =
                "arXiv%1 announcement · %2 new + %3 cross-listed, %4 chosen",
        [LABEL_TRANSLATED] = "%1: machine translation (%2)",
        [LABEL_WRITTEN] = "%1: written by machine (%2)",
        [LABEL_TAKE_DOWN] = "To have a picture taken down: %1",
        [LABEL_ALERT_CHANNEL] = "Nothing can be posted to %1: %2",
        [LABEL_ALERT_CHANNEL_WELL] = "%1 is posted to again",
        [LABEL_ALERT_FEED] = "arXiv's announcement of %2 has not come: %1",
        [LABEL_ALERT_FEED_WELL] = "arXiv's announcements come again: %1",
        [LABEL_ALERT_DIGEST] = "No digest has gone out for 26 hours",
        [LABEL_ALERT_DIGEST_WELL] = "Digests go out again",
        [LABEL_ALERT_BUDGET] =
                "The budget of writer %1 is spent until 00:00 UTC: %2",
        [LABEL_ALERT_BUDGET_WELL] = "Writer %1 has its budget again",
        [LABEL_SPENT_REQUESTS] = "%1 requests",
        [LABEL_SPENT_TOKENS] = "%1 tokens",
        [LABEL_SPENT_MONEY] = "%1 in money",
        [LABEL_SPENT_OF] = "%1 of %2",
        [LABEL_ALERT_MORE] = "and %1 more: \"paperboy status\" shows all",
        [LABEL_CHINESE] = "Chinese",
        [LABEL_ENGLISH] = "English",
};

/* Half-width colons and all, as the daily digest has them that Paperboy is
 * modelled on. */
static const char *const chinese[LABEL_COUNT] = {
        [LABEL_LEGEND_JOIN] = " ",
        [LABEL_HEADLINE] = "摘要:",
        [LABEL_HEADLINE_JOIN] = "、",
        [LABEL_NUMBER_STOP] = "、",
        [LABEL_NOTE_STOP] = "。",
        [LABEL_ALSO] = "另外几篇值得关注的论文:",
        [LABEL_UNTRANSLATED] = "〔原文〕",
        [LABEL_QUIET_HOLIDAY] = "今日 arXiv 无公告",
        [LABEL_QUIET_LATE] = "今日 arXiv 公告尚未发布,论文将收入下一期",
        [LABEL_QUIET_FAILED] = "今日 arXiv 公告暂时无法读取,论文将收入下一期",
        [LABEL_MARK_VERSION] = "〔v%1〕",
        [LABEL_MARK_WITHDRAWN] = "〔已撤稿〕",
        [LABEL_MARK_ACCEPTED] = "〔已录用: %1〕",
        [LABEL_WEEK] = "今日 arXiv 无公告,本周精选:",
        [LABEL_WEEK_TITLE] = "本周精选%1 · %2 篇",
        [LABEL_WEEK_FOOT] =
                "arXiv 截至%1 一周公告 · %2 篇新论文 + %3 篇交叉,选 %4 篇",
        [LABEL_CHOSEN] = "由 %1 选编",
        [LABEL_CURATED] = "编者按：%1",
        [LABEL_DIGEST_TITLE] = "论文日报%1 · %2 篇",
        [LABEL_FOOT] = "arXiv%1 公告 · %2 篇新论文 + %3 篇交叉,选 %4 篇",
        [LABEL_TRANSLATED] = "%1: 机器翻译 (%2)",
        [LABEL_WRITTEN] = "%1: 机器撰写 (%2)",
        [LABEL_TAKE_DOWN] = "如需撤下图片，请联系 %1",
        [LABEL_ALERT_CHANNEL] = "无法发送到 %1:%2",
        [LABEL_ALERT_CHANNEL_WELL] = "%1 已恢复发送",
        [LABEL_ALERT_FEED] = "arXiv %2 的公告尚未出现:%1",
        [LABEL_ALERT_FEED_WELL] = "arXiv 公告已恢复:%1",
        [LABEL_ALERT_DIGEST] = "26 小时内没有发出任何日报",
        [LABEL_ALERT_DIGEST_WELL] = "日报已恢复发送",
        [LABEL_ALERT_BUDGET] = "撰写器 %1 今日预算已用完,UTC 零点恢复:%2",
        [LABEL_ALERT_BUDGET_WELL] = "撰写器 %1 的预算已恢复",
        [LABEL_SPENT_REQUESTS] = "请求 %1 次",
        [LABEL_SPENT_TOKENS] = "词元 %1 个",
        [LABEL_SPENT_MONEY] = "费用 %1",
        [LABEL_SPENT_OF] = "%1/%2",
        [LABEL_ALERT_MORE] = "另有 %1 条,全部状态见 paperboy status",
        [LABEL_CHINESE] = "中文",
        [LABEL_ENGLISH] = "英文",
};

const struct label_table label_tables[] = {
        {"en", english},
        {"zh", chinese},
};

const size_t label_table_count = sizeof label_tables / sizeof label_tables[0];
