#include <algorithm>

#include "geoparse/neighbours.hpp"
#include "geoparse/recognise.hpp"
#include "geoparse/setting.hpp"

namespace kharita::geoparse {

namespace {

using gazetteer::FeatureClass;

/// A town, or what is called like one; «سوريا الجديدة» is no other country.
bool is_town(Context const& context, Draft const& draft) {
    bool town = false;
    for (gazetteer::Candidate const& candidate : draft.candidates) {
        auto const value = context.gazetteer.feature_class_of(candidate.place);
        town = town || value == FeatureClass::settlement;
        if (value == FeatureClass::country) {
            return false;
        }
    }
    return town;
}

/// «في X الجديدة», «منطقة X الجديدة»; «حكومة X الجديدة» is a new government.
bool is_placed(Setting const& setting) {
    return setting.type || setting.link == Link::in || setting.link == Link::on || setting.link == Link::to ||
           setting.nearness != Nearness::none || setting.compass;
}

} // namespace

void extend_by_tails(Context const& context, std::vector<Draft>& drafts) {
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        Draft& draft = drafts[i];
        std::size_t const end = draft.tokens.end;
        auto const tail =
            end < context.text.size() ? context.table.tail(context.text.codes(end)) : CueTable::Tail::none;
        bool const free = i + 1 == drafts.size() || drafts[i + 1].tokens.begin > end;
        if (tail == CueTable::Tail::none || !free || !is_town(context, draft) ||
            (tail == CueTable::Tail::other && !is_placed(draft.setting))) {
            continue;
        }
        ++draft.tokens.end;
        draft.span.end =
            context.text.source_span(context.text.tokens()[end].begin, context.text.tokens()[end].end).end;
        draft.setting = read_setting(context, draft.tokens, draft.clitics);
        if (tail == CueTable::Tail::other) {
            draft.candidates.clear();
            draft.known = false;
            continue;
        }
        draft.setting.type.reset(); // «أحياء X القديمة» are X's
        std::erase_if(draft.candidates, [&](gazetteer::Candidate const& each) {
            return is_wide(context.gazetteer.feature_class_of(each.place));
        });
    }
}

} // namespace kharita::geoparse
