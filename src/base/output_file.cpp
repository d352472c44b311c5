#include "base/output_file.hpp"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <string>
#include <unistd.h>

#include "base/error.hpp"

namespace kharita {

namespace fs = std::filesystem;

struct OutputFile::State {
    fs::path target;
    fs::path temporary;
    std::FILE* stream = nullptr; ///< owned unless it is stdout
    bool committed = false;

    bool is_stdout() const noexcept { return target == "-"; }

    State() = default;
    State(State const&) = delete;
    State& operator=(State const&) = delete;
    State(State&&) = delete;
    State& operator=(State&&) = delete;
    ~State() {
        if (is_stdout()) {
            return;
        }
        if (stream != nullptr) {
            std::fclose(stream);
        }
        if (!committed && !temporary.empty()) {
            std::error_code ignored;
            fs::remove(temporary, ignored);
        }
    }
};

OutputFile::OutputFile(fs::path file, Overwrite overwrite) : m_state{std::make_unique<State>()} {
    m_state->target = std::move(file);
    if (m_state->is_stdout()) {
        m_state->stream = stdout;
        return;
    }
    fs::path const& target = m_state->target;
    if (overwrite == Overwrite::refuse && fs::exists(target)) {
        fail<OutputError>("{}: exists; give --force to replace it", target.string());
    }
    m_state->temporary =
        target.parent_path() / fmt::format(".{}.tmp.{}", target.filename().string(), ::getpid());
    m_state->stream = std::fopen(m_state->temporary.c_str(), "wb");
    if (m_state->stream == nullptr) {
        int const reason = errno;
        m_state->temporary.clear();
        fail<OutputError>("{}: cannot be written: {}", target.string(), system_message(reason));
    }
}

OutputFile::OutputFile(OutputFile&&) noexcept = default;
OutputFile& OutputFile::operator=(OutputFile&&) noexcept = default;
OutputFile::~OutputFile() = default;

void OutputFile::write(std::string_view bytes) {
    if (std::fwrite(bytes.data(), 1, bytes.size(), m_state->stream) != bytes.size()) {
        fail<OutputError>("{}: cannot be written: {}", m_state->target.string(), system_message(errno));
    }
}

void OutputFile::commit() {
    State& state = *m_state;
    if (std::fflush(state.stream) != 0 || (!state.is_stdout() && ::fsync(::fileno(state.stream)) != 0)) {
        fail<OutputError>("{}: cannot be written: {}", state.target.string(), system_message(errno));
    }
    state.committed = true;
    if (state.is_stdout()) {
        return;
    }
    std::error_code error;
    fs::rename(state.temporary, state.target, error);
    if (error) {
        state.committed = false;
        fail<OutputError>("{}: cannot be renamed into place: {}", state.target.string(), error.message());
    }
    sync_folder(state.target.has_parent_path() ? state.target.parent_path() : ".");
}

void write_file(fs::path const& file, std::string_view content, Overwrite overwrite) {
    OutputFile output{file, overwrite};
    output.write(content);
    output.commit();
}

void sync_folder(fs::path const& folder) {
    int const descriptor =
        ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); // NOLINT(*-vararg): POSIX
    if (descriptor < 0) {
        fail<OutputError>("{}: {}", folder.string(), system_message(errno));
    }
    int const failed = ::fsync(descriptor);
    int const reason = errno;
    ::close(descriptor);
    // Some file systems cannot sync a folder and say EINVAL; their renames are as durable as they get.
    if (failed != 0 && reason != EINVAL) {
        fail<OutputError>("{}: {}", folder.string(), system_message(reason));
    }
}

} // namespace kharita
