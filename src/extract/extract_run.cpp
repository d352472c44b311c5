#include "extract/extract_run.hpp"

#include <optional>
#include <utility>
#include <vector>

#include "base/thread_pool.hpp"
#include "extract/json_writer.hpp"

namespace kharita::extract {

namespace {

// A batch is as many reports as keep all threads busy, and no more text than memory easily holds.
constexpr std::size_t batch_reports = 256;
constexpr std::size_t batch_bytes = std::size_t{32} << 20U;

std::vector<ReportOrReject> next_batch(ReportReader& reader) {
    std::vector<ReportOrReject> batch;
    std::size_t bytes = 0;
    while (batch.size() < batch_reports && bytes < batch_bytes) {
        auto item = reader.next();
        if (!item) {
            break;
        }
        if (auto const* const report = std::get_if<Report>(&*item)) {
            bytes += report->text.size();
        }
        batch.push_back(std::move(*item));
    }
    return batch;
}

void count(Document const& document, ExtractCounts& counts) {
    ++counts.documents;
    counts.undated += document.report.published ? 0U : 1U;
    counts.mentions += document.mentions.size();
    for (Mention const& mention : document.mentions) {
        counts.resolved += mention.place ? 1U : 0U;
    }
    counts.events += document.events.size();
    counts.zones += document.zones.size();
}

} // namespace

ExtractCounts annotate_all(ReportReader& reader, Extractor const& extractor, std::size_t jobs,
                           std::function<void(Document const&)> const& write,
                           std::function<void(Reject const&)> const& set_aside) {
    ExtractCounts counts;
    for (auto batch = next_batch(reader); !batch.empty(); batch = next_batch(reader)) {
        std::vector<std::optional<Document>> documents(batch.size());
        parallel_for(batch.size(), jobs, [&](std::size_t i) {
            if (auto* const report = std::get_if<Report>(&batch[i])) {
                documents[i] = extractor.annotate(std::move(*report));
            }
        });
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (documents[i]) {
                count(*documents[i], counts);
                write(*documents[i]);
            } else {
                ++counts.rejects;
                set_aside(std::get<Reject>(batch[i]));
            }
        }
    }
    return counts;
}

std::string to_json(Reject const& reject) {
    JsonWriter json;
    json.begin_object().key("file").string(reject.file).key("line");
    reject.line == 0 ? json.null() : json.integer(static_cast<std::int64_t>(reject.line));
    json.key("reason").string(reject.reason).key("text").string_or_null(reject.text);
    return json.end_object().take();
}

} // namespace kharita::extract
