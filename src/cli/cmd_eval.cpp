#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/data_dir.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "base/output_file.hpp"
#include "base/progress.hpp"
#include "base/thread_pool.hpp"
#include "cli/commands.hpp"
#include "cli/print.hpp"
#include "eval/baseline.hpp"
#include "eval/cases.hpp"
#include "eval/report.hpp"
#include "eval/score.hpp"
#include "eval/sentences.hpp"
#include "extract/extract_run.hpp"
#include "extract/labelled.hpp"
#include "geo/geojson.hpp"

namespace kharita::cli {

namespace {

struct EvalOptions {
    std::string labelled;
    std::string said; ///< empty: the reports are read again
    std::string baseline;
    std::string page;
    std::filesystem::path gazetteer; ///< empty: the program's own
    std::size_t jobs = default_jobs();
    bool sentences = false;
    bool cases = false;
    bool json = false;
    bool mistakes = false;
    bool force = false;
};

extract::Extractor extractor_of(EvalOptions const& options) {
    return extract::Extractor::load(data_dir(),
                                    options.gazetteer.empty() ? data_dir() / "gazetteer" : options.gazetteer);
}

/// What a system says, and how many reports it could not read.
struct Said {
    std::vector<eval::SaidDocument> documents;
    std::size_t set_aside = 0;
};

Said extracted(EvalOptions const& options, extract::Extractor const& extractor) {
    Said said;
    Progress progress{"documents", 0};
    extract::ReportReader reader{{options.labelled}, {}};
    extract::annotate_all(
        reader, extractor, options.jobs,
        [&](Document const& document) {
            said.documents.push_back(extract::parse_said(extract::to_json(document)));
            progress.add();
        },
        [&](Reject const& reject) {
            log_warning("{}", to_string(reject));
            ++said.set_aside;
        });
    return said;
}

Said matched(EvalOptions const& options, gazetteer::Gazetteer const& gazetteer) {
    Said said;
    extract::ReportReader reader{{options.labelled}, {}};
    while (auto next = reader.next()) {
        if (auto* const report = std::get_if<Report>(&*next)) {
            said.documents.push_back(
                extract::parse_said(extract::to_json(eval::exact_matches(std::move(*report), gazetteer))));
        } else {
            log_warning("{}", to_string(std::get<Reject>(*next)));
            ++said.set_aside;
        }
    }
    return said;
}

void add_outlines(Geometry const& geometry, std::vector<Ring>& outlines) {
    if (auto const* const polygon = std::get_if<Polygon>(&geometry)) {
        outlines.push_back(polygon->outer);
    } else if (auto const* const many = std::get_if<MultiPolygon>(&geometry)) {
        for (Polygon const& each : many->polygons) {
            outlines.push_back(each.outer);
        }
    }
}

std::vector<Ring> read_outlines() {
    std::vector<Ring> outlines;
    for (char const* const name : {"countries.geojson", "governorates.geojson"}) {
        for (Feature const& feature : geo::read_geojson(data_dir() / "gazetteer" / "boundaries" / name)) {
            add_outlines(feature.geometry, outlines);
        }
    }
    return outlines;
}

Exit run_eval_sentences(EvalOptions const& options) {
    if (!options.said.empty() || !options.baseline.empty() || !options.page.empty()) {
        fail<UsageError>(
            "--sentences judges labelled sentences only; expected no other input, --baseline or --html");
    }
    auto const sentences = extract::read_labelled_sentences(options.labelled);
    auto const judged = eval::judge_sentences(sentences, extractor_of(options));
    std::string text = options.json ? eval::sentences_json(judged) + "\n" : eval::sentences_text(judged);
    if (options.mistakes && !options.json) {
        text += "\n" + eval::sentence_mistakes_text(judged);
    }
    print(text);
    return Exit::done;
}

Exit run_eval_cases(EvalOptions const& options) {
    if (!options.said.empty() || !options.baseline.empty() || !options.page.empty() || options.sentences) {
        fail<UsageError>("--cases judges a casebook only; expected no other input, --baseline, --html or "
                         "--sentences");
    }
    eval::Casebook const book = eval::read_casebook(options.labelled);
    extract::Extractor const extractor = extractor_of(options);
    auto const judged = eval::judge_cases(book, extractor);
    std::string text = options.json ? eval::cases_json(book, judged) + "\n" : eval::cases_text(book, judged);
    if (options.mistakes && !options.json) {
        text += "\n" + eval::case_mistakes_text(judged);
    }
    print(text);
    return Exit::done;
}

/// Reports that nobody labelled would only give zeros.
void expect_labels(std::vector<eval::LabelledDocument> const& documents, std::string const& file) {
    bool const any = std::ranges::any_of(documents, [](eval::LabelledDocument const& document) {
        return !document.mentions.empty() || document.has_events || document.zones;
    });
    if (!any) {
        fail<InputError>(
            R"({}: nothing is labelled in it; expected documents with "mentions", "events" or "zones" )"
            "as a person found them",
            file);
    }
}

Exit run_eval(EvalOptions const& options) {
    if (options.cases) {
        return run_eval_cases(options);
    }
    if (options.sentences) {
        return run_eval_sentences(options);
    }
    if (!options.baseline.empty() && !options.said.empty()) {
        fail<UsageError>("--baseline takes the place of {}; expected one of the two", options.said);
    }
    std::vector<eval::LabelledDocument> const labelled = extract::read_labelled(options.labelled);
    expect_labels(labelled, options.labelled);
    extract::Extractor const extractor = extractor_of(options);
    Said const said = !options.said.empty()       ? Said{extract::read_said(options.said), 0}
                      : !options.baseline.empty() ? matched(options, extractor.gazetteer())
                                                  : extracted(options, extractor);
    eval::Scores const scores = eval::score(labelled, said.documents, extractor.gazetteer());
    std::string text = options.json ? eval::to_json(scores) + "\n" : eval::to_text(scores);
    if (options.mistakes && !options.json) {
        text += "\n" + eval::mistakes_text(scores);
    }
    if (!options.page.empty()) {
        eval::PageInput const input{"Extraction of " +
                                        std::filesystem::path{options.labelled}.filename().string(),
                                    labelled, said.documents, read_outlines()};
        write_file(options.page, eval::to_html(scores, input),
                   options.force ? Overwrite::replace : Overwrite::refuse);
    }
    print(text);
    return said.set_aside == 0 ? Exit::done : Exit::partly;
}

} // namespace

void add_eval(CLI::App& app, Action& action) {
    auto const options = std::make_shared<EvalOptions>();
    CLI::App* const command = app.add_subcommand("eval", "score extraction against labelled documents");
    command->add_option("labelled", options->labelled, "labelled documents, JSON Lines")->required();
    command->add_option("annotated", options->said,
                        "what a system says of them, JSON Lines; without it their texts are read again");
    command
        ->add_option("--baseline", options->baseline, "score this instead: exact (names as they are written)")
        ->check(CLI::IsMember({"exact"}));
    command->add_flag("--sentences", options->sentences,
                      "the file holds labelled sentences: which tell an assault, which a protest?");
    command->add_flag("--cases", options->cases,
                      "the file is a casebook: sentences with the events, arguments or zones in them (TSV)");
    command->add_flag("--json", options->json, "figures and mistakes as one JSON object");
    command->add_flag("--errors", options->mistakes, "list every mistake after the figures");
    command->add_option("--html", options->page, "write a page of the texts with their mentions marked");
    command
        ->add_option("--gazetteer", options->gazetteer,
                     "folder that holds places/, or a compiled file, instead of the program's own")
        ->type_name("DIR|FILE");
    command->add_option("-j,--jobs", options->jobs, "threads to use")->check(CLI::Range(1, 1024));
    command->add_flag("--force", options->force, "overwrite an existing page");
    command->callback([options, &action] { action = [options] { return run_eval(*options); }; });
}

} // namespace kharita::cli
