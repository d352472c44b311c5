#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "base/markup.hpp"
#include "eval/map_svg.hpp"
#include "eval/report.hpp"
#include "model/code_points.hpp"

namespace kharita::eval {

namespace {

constexpr std::string_view head = R"(<!doctype html>
<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body { font: 16px/1.6 sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; color: #222; background: #fff }
pre { font: 13px/1.4 monospace; background: #f4f4f4; padding: 1em; overflow-x: auto }
article { border-top: 1px solid #bbb; padding: 1em 0; overflow: auto }
.text { white-space: pre-line; margin: 0 }
.map { width: 16em; float: left; margin: 0 1.5em 1em 0; background: #eef3f7; border: 1px solid #ccc }
.border { fill: #fff; stroke: #9ab; stroke-width: .7 }
mark { padding: 0 .15em; border-radius: .2em; color: inherit }
mark.right { background: #cdeccd } mark.wrong { background: #ffc9c0 } mark.missed { background: #ffe28a }
mark.spurious { background: #e3c7ff } mark.open { background: #d5e6ff }
mark.role { border-bottom: 2px solid #c60 }
circle { stroke: #333; stroke-width: .6 }
circle.right { fill: #3a3 } circle.wrong { fill: #e33 } circle.missed { fill: #fc0 } circle.spurious { fill: #a5f }
</style>
)";

constexpr std::string_view legend =
    R"(<p><mark class="right">right</mark> <mark class="wrong">wrong place</mark> )"
    R"(<mark class="open">found, left open</mark> <mark class="missed">missed</mark> )"
    R"(<mark class="spurious">no place</mark> <mark class="role">another role</mark></p>)"
    "\n";

struct Mark {
    Range range;
    std::string style;
    std::string title;
};

/// What one document's page needs, from the labels and the mistakes.
class DocumentPage {
public:
    DocumentPage(LabelledDocument const& labelled, SaidDocument const* said,
                 std::unordered_multimap<std::string_view, Mistake const*> const& mistakes)
        : m_labelled{labelled},
          m_said{said} {
        auto const [from, to] = mistakes.equal_range(labelled.id);
        for (auto each = from; each != to; ++each) {
            m_mistakes.push_back(each->second);
        }
        mark();
    }

    std::string html(std::vector<Ring> const& outlines) const {
        bool const arabic = m_labelled.text.find("\u0627") != std::string::npos; // an alef
        return fmt::format("<article dir=\"{}\"><h2>{}</h2>\n{}<p class=\"text\">{}</p></article>\n",
                           arabic ? "rtl" : "ltr", in_markup(m_labelled.id), map_svg(m_points, outlines),
                           marked_text());
    }

private:
    Mistake const* mistake(Mistake::Kind kind, Range range) const {
        auto const found = std::find_if(m_mistakes.begin(), m_mistakes.end(), [&](Mistake const* each) {
            return each->kind == kind && each->range == range;
        });
        return found == m_mistakes.end() ? nullptr : *found;
    }

    void mark() {
        for (LabelledMention const& label : m_labelled.mentions) {
            Mistake const* const missed = mistake(Mistake::Kind::missed, label.range);
            Mistake const* const far = mistake(Mistake::Kind::far, label.range);
            Mistake const* const open = mistake(Mistake::Kind::unplaced, label.range);
            Mistake const* const role = mistake(Mistake::Kind::role, label.range);
            std::string const style = missed != nullptr ? "missed"
                                      : far != nullptr  ? "wrong"
                                      : open != nullptr ? "open"
                                                        : "right";
            std::string title = fmt::format("{} {}", label.role, label.precision);
            for (Mistake const* const each : {far, open, role}) {
                title += each == nullptr ? "" : "; " + each->detail;
            }
            if (label.at) {
                m_points.push_back({*label.at, missed != nullptr ? "missed" : "right", label.text});
            }
            m_marks.push_back({label.range, style + (role != nullptr ? " role" : ""), std::move(title)});
        }
        for (Mistake const* const each : m_mistakes) {
            if (each->kind == Mistake::Kind::spurious) {
                m_marks.push_back({each->range, "spurious", each->detail});
            }
        }
        if (m_said != nullptr) {
            point_at_errors();
        }
        std::sort(m_marks.begin(), m_marks.end(),
                  [](Mark const& a, Mark const& b) { return a.range.start < b.range.start; });
    }

    void point_at_errors() {
        for (SaidMention const& said : m_said->mentions) {
            if (!said.at) {
                continue;
            }
            bool const spurious = mistake(Mistake::Kind::spurious, said.range) != nullptr;
            bool const wrong = std::any_of(m_mistakes.begin(), m_mistakes.end(), [&](Mistake const* each) {
                return each->kind == Mistake::Kind::far && overlap(each->range, said.range) > 0;
            });
            if (spurious || wrong) {
                m_points.push_back(
                    {*said.at, spurious ? "spurious" : "wrong", said.text + ": " + said.place_name});
            }
        }
    }

    std::string marked_text() const {
        CodePoints const points{m_labelled.text};
        auto const byte = [&](std::int64_t point) {
            return points.to_byte(static_cast<std::size_t>(point)).value_or(m_labelled.text.size());
        };
        std::string html;
        std::size_t done = 0;
        std::string_view const text = m_labelled.text;
        for (Mark const& each : m_marks) {
            std::size_t const begin = byte(each.range.start);
            std::size_t const end = byte(each.range.end);
            if (begin < done) {
                continue; // labels and answers may overlap; the first is shown
            }
            html += in_markup(text.substr(done, begin - done));
            html += fmt::format(R"(<mark class="{}" title="{}">{}</mark>)", each.style, in_markup(each.title),
                                in_markup(text.substr(begin, end - begin)));
            done = end;
        }
        return html + in_markup(text.substr(done));
    }

    LabelledDocument const& m_labelled;
    SaidDocument const* m_said;
    std::vector<Mistake const*> m_mistakes;
    std::vector<Mark> m_marks;
    std::vector<MapPoint> m_points;
};

} // namespace

std::string to_html(Scores const& scores, PageInput const& input) {
    std::unordered_multimap<std::string_view, Mistake const*> mistakes;
    for (Mistake const& each : scores.mistakes) {
        mistakes.emplace(each.document, &each);
    }
    std::unordered_map<std::string_view, SaidDocument const*> said;
    for (SaidDocument const& each : input.said) {
        said.emplace(each.id, &each);
    }
    std::string html{head};
    html += fmt::format("<title>{0}</title></head>\n<body><h1>{0}</h1>\n<pre>{1}</pre>\n",
                        in_markup(input.title), in_markup(to_text(scores)));
    html += legend;
    for (LabelledDocument const& each : input.labelled) {
        auto const answer = said.find(each.id);
        html += DocumentPage{each, answer == said.end() ? nullptr : answer->second, mistakes}.html(
            input.outlines);
    }
    return html + "</body></html>\n";
}

} // namespace kharita::eval
