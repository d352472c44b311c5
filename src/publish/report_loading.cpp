#include "publish/report_loading.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/log.hpp"
#include "base/progress.hpp"
#include "extract/extractor.hpp"
#include "gazetteer/boundaries.hpp"
#include "model/names.hpp"
#include "publish/unite.hpp"
#include "store/database.hpp"
#include "store/loader.hpp"

namespace kharita::publish {

namespace {

/// They take long to read, and are seldom asked for.
gazetteer::Boundaries outlines_for(ReportLoading const& loading) {
    bool const are_asked_for = std::ranges::any_of(loading.corrections, [](Correction const& correction) {
        return correction.kind == Correction::Kind::force_place && correction.at;
    });
    return are_asked_for ? gazetteer::Boundaries::of_gazetteer(loading.gazetteer) : gazetteer::Boundaries{};
}

} // namespace

LoadedReports load_reports(store::Database& database, ReportLoading const& loading) {
    LoadedReports loaded;
    auto const note = [&](Reject const& reject) {
        loaded.rejects.push_back(reject);
        loading.set_aside(reject);
    };
    extract::ReportReader reader{loading.inputs, {}};
    extract::Corrector corrector{loading.corrections, loading.extractor.gazetteer(), outlines_for(loading)};
    store::Loader loader{database};
    Progress progress{"documents", 0};
    auto const load = [&](Document const& document) {
        loader.add(document);
        if (loading.stored) {
            loading.stored(document);
        }
    };
    loaded.counts = extract::annotate_all(
        reader, loading.extractor, loading.jobs,
        [&](Document const& document) {
            try {
                if (corrector.is_empty()) {
                    load(document);
                } else {
                    Document corrected = document;
                    corrector.apply(corrected);
                    load(corrected);
                }
            } catch (InputError const& error) {
                note(make_reject(document.report.id, 0, error.what(), document.report.text));
            }
            progress.add();
        },
        note);
    if (loaded.counts.documents == 0) {
        fail<InputError>("no report could be read");
    }
    loader.commit();
    loaded.outcomes = corrector.outcomes();
    return loaded;
}

Replay replayed(store::Database& database, std::span<Correction const> corrections,
                std::span<extract::CorrectionOutcome const> outcomes) {
    Replay replay;
    replay.corrections.reserve(outcomes.size());
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        Correction const& correction = corrections[i];
        std::string const united = outcome_of(database, correction);
        replay.corrections.push_back({correction, united.empty() ? outcomes[i].text() : united});
        std::string const& problem = united.empty() ? outcomes[i].problem : united;
        if (!problem.empty() && problem != "applied") {
            replay.idle.push_back(fmt::format("correction {} ({} {}, {} by {}): {}", i + 1,
                                              name_of(correction.kind), correction.target, correction.made,
                                              correction.author, problem));
        }
    }
    return replay;
}

} // namespace kharita::publish
