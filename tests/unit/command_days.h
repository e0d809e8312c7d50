/*
 * command_days.h - how the papers of asking.h are shown in an answer, and its
 * days.
 */
#ifndef TESTS_UNIT_COMMAND_DAYS_H
#define TESTS_UNIT_COMMAND_DAYS_H

#include "bot/base/civil_time.h"
#include "tests/support/asking_both.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct civil_date tuesday = {2026, 11, 24};
static const struct civil_date monday = {2026, 11, 23};

#define TIDES                                                                  \
    "\n[LG] Slow Tides: Diffusion Models for River Forecasting\n"              \
    "慢潮:用扩散模型预报河流水位\nA Ruiz, B Chen\n"               \
    "https://arxiv.org/abs/2611.10001\n"
#define FOG                                                                       \
    "\n[CV] Seeing Through Fog with Event Cameras\n用事件相机看穿浓雾\n" \
    "C Finnegan, W Zhang, O Petrova\nhttps://arxiv.org/abs/2611.10002\n"
#define QUIET                                                                  \
    "\n[LG] A Quiet Optimizer\nJ L. Kim\nhttps://arxiv.org/abs/2611.10003\n"
#define LADDERS                                                                \
    "\n[LG] Ladders of Attention\n注意力之梯\nY Li, H Wang, A Ruiz\n"     \
    "https://arxiv.org/abs/2611.10006\n"
#define SHEEP                                                                  \
    "\n[CV] Counting Sheep at Night\nN Fold\n"                                 \
    "https://arxiv.org/abs/2611.10005\n"
#define BELLS                                                                  \
    "\n[LG] Bells and Graphs\nM Holm, T Oak\n"                                 \
    "https://arxiv.org/abs/2611.10004\n"
#define WINTER                                                                 \
    "\n[LG] Winter Grammar for Small Models\n小模型的冬日语法\n"       \
    "L Frost, X Ming\nhttps://arxiv.org/abs/2611.09001\n"
#define CHAIRS                                                                 \
    "\n[CV] Folding Chairs with Two Arms\nR Klapp\n"                           \
    "https://arxiv.org/abs/2611.09002\n"

#endif
