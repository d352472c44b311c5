#include "extract/extractor.hpp"

#include <utility>
#include <vector>

#include "event/event_coder.hpp"
#include "extract/mention_roles.hpp"
#include "geoparse/geoparser.hpp"
#include "text/tokens.hpp"

namespace kharita::extract {

struct Extractor::State {
    gazetteer::Gazetteer gazetteer;
    geoparse::Geoparser geoparser; ///< refers to the gazetteer, which does not move any more
    event::EventCoder coder;

    State(std::filesystem::path const& data_dir, std::filesystem::path const& places)
        : gazetteer{gazetteer::Gazetteer::open(places)},
          geoparser{geoparse::Geoparser::load(data_dir, gazetteer)},
          coder{event::EventCoder::load(data_dir)} {}
};

Extractor::Extractor(std::unique_ptr<State const> state) : m_state{std::move(state)} {}
Extractor::Extractor(Extractor&&) noexcept = default;
Extractor& Extractor::operator=(Extractor&&) noexcept = default;
Extractor::~Extractor() = default;

Extractor Extractor::load(std::filesystem::path const& data_dir) {
    return load(data_dir, data_dir / "gazetteer");
}

Extractor Extractor::load(std::filesystem::path const& data_dir, std::filesystem::path const& gazetteer) {
    return Extractor{std::make_unique<State const>(data_dir, gazetteer)};
}

Document Extractor::annotate(Report report) const {
    Document document;
    document.report = std::move(report);
    document.gazetteer_hash = m_state->gazetteer.content_hash();
    text::TokenizedText const text{document.report.text};
    std::vector<geoparse::Toponym> toponyms = m_state->geoparser.parse(text);
    event::Coding coding = m_state->coder.code(text, document.report, toponyms);
    settle_roles(text, m_state->gazetteer, coding, toponyms);
    document.groups = std::move(coding.groups);
    document.events = std::move(coding.events);
    document.zones = std::move(coding.zones);
    for (geoparse::Toponym& each : toponyms) {
        document.mentions.push_back(std::move(each.mention));
    }
    return document;
}

event::SentenceJudgement Extractor::judge_sentence(Report const& report) const {
    text::TokenizedText const text{report.text};
    std::vector<geoparse::Toponym> const toponyms = m_state->geoparser.parse(text);
    return m_state->coder.judge(text, report, toponyms);
}

gazetteer::Gazetteer const& Extractor::gazetteer() const noexcept {
    return m_state->gazetteer;
}

} // namespace kharita::extract
