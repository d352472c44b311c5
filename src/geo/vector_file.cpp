#include "geo/vector_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

#include "base/error.hpp"
#include "base/loaded_module.hpp"
#include "base/temporary_file.hpp"
#include "geo/vector_module.hpp"

namespace kharita::geo {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 8> endings{".gpkg", ".fgb",     ".csv", ".xlsx",
                                                  ".ods",  ".geojson", ".gml", ".geojsonl"};

/// GDAL with the module that holds it.
struct Gdal {
    LoadedModule library = LoadedModule::load("ogr");
    VectorModule const* module =
        library.function<VectorModuleEntry>("kharita_vector_module")(vector_module_version);

    Gdal() {
        if (module == nullptr) {
            fail<InputError>(
                "kharita_ogr.so is of another version than the program; please install both anew");
        }
    }
};

/// Writes a finished file out to disk, whoever wrote it.
void sync_file(fs::path const& file) {
    int const descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC); // NOLINT(*-vararg): POSIX
    bool const synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    int const reason = errno;
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    if (!synced) {
        fail<OutputError>("{}: cannot be written: {}", file.string(), system_message(reason));
    }
}

} // namespace

struct VectorFile::State {
    Gdal gdal; // before the source: it must outlive it
    std::unique_ptr<VectorSource> source;
};

VectorFile::VectorFile(VectorInput const& input) : m_state{std::make_unique<State>()} {
    std::error_code error;
    if (!input.file.starts_with("/vsi") && !fs::exists(input.file, error)) {
        fail<InputError>("{}: {}", input.file, system_message(ENOENT));
    }
    m_state->source = m_state->gdal.module->open(input);
}

VectorFile::VectorFile(VectorFile&&) noexcept = default;
VectorFile& VectorFile::operator=(VectorFile&&) noexcept = default;
VectorFile::~VectorFile() = default;

std::vector<VectorLayer> const& VectorFile::layers() const noexcept {
    return m_state->source->layers();
}

void VectorFile::read(std::function<void(VectorRow&&)> const& use) {
    m_state->source->read(use);
}

std::string writable_endings() {
    std::string all;
    for (std::string_view const ending : endings) {
        all += all.empty() ? "" : " ";
        all += ending;
    }
    return all;
}

bool is_writable(fs::path const& file) noexcept {
    return std::ranges::find(endings, file.extension().native()) != endings.end();
}

bool holds_layers(fs::path const& file) noexcept {
    std::string const ending = file.extension().string();
    return ending == ".gpkg" || ending == ".xlsx" || ending == ".ods";
}

struct VectorOutput::State {
    fs::path target;
    TemporaryFile temporary;
    TemporaryFile journal; ///< of an SQLite format
    Gdal gdal;
    std::unique_ptr<VectorSink> sink; // closed before its file is removed
};

VectorOutput::VectorOutput(fs::path file, VectorSchema const& schema, Overwrite overwrite) {
    if (!is_writable(file)) {
        fail<OutputError>("{}: its ending names no format to write; expected one of {}", file.string(),
                          writable_endings());
    }
    if (overwrite == Overwrite::refuse && fs::exists(file)) {
        fail<OutputError>("{}: exists; give --force to replace it", file.string());
    }
    m_state = std::make_unique<State>();
    m_state->target = std::move(file);
    fs::path const& target = m_state->target;
    // With the ending last: GDAL looks at it.
    m_state->temporary =
        TemporaryFile{target.parent_path() / fmt::format(".{}.tmp.{}{}", target.stem().string(), ::getpid(),
                                                         target.extension().string())};
    std::string const name = m_state->temporary.path().string();
    m_state->journal = TemporaryFile{name + "-journal"};
    m_state->sink = m_state->gdal.module->create(name, schema);
}

VectorOutput::VectorOutput(VectorOutput&&) noexcept = default;
VectorOutput& VectorOutput::operator=(VectorOutput&&) noexcept = default;
VectorOutput::~VectorOutput() = default;

void VectorOutput::add_layer(VectorSchema const& schema) {
    if (!holds_layers(m_state->target)) {
        fail<OutputError>("{}: holds one layer", m_state->target.string());
    }
    m_state->sink->add_layer(schema);
}

void VectorOutput::write(Feature const& feature) {
    m_state->sink->write(feature);
}

void VectorOutput::commit() {
    m_state->sink->finish();
    m_state->sink.reset();
    sync_file(m_state->temporary.path());
    std::error_code error;
    fs::rename(m_state->temporary.path(), m_state->target, error);
    if (error) {
        fail<OutputError>("{}: cannot be written: {}", m_state->target.string(), error.message());
    }
    m_state->temporary.keep();
    fs::path const folder = m_state->target.parent_path();
    sync_folder(folder.empty() ? fs::path{"."} : folder);
}

} // namespace kharita::geo
