%% @private Owns the ETS table of handlers. Writes go through the process, reads do not.
-module(pulse_table).

-behaviour(gen_server).

-include("pulse.hrl").

-export([start_link/0, insert/4, delete/1, for_event/1, for_prefix/1]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2]).

-spec start_link() -> {ok, pid()} | {error, term()}.
start_link() ->
    gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).

-spec insert(term(), [pulse:event()], pulse:handler(), term()) -> ok | {error, already_exists}.
insert(Id, Events, Function, Config) ->
    gen_server:call(?MODULE, {insert, Id, Events, Function, Config}).

-spec delete(term()) -> ok | {error, not_found}.
delete(Id) ->
    gen_server:call(?MODULE, {delete, Id}).

-spec for_event(pulse:event()) -> [#handler{}].
for_event(Event) ->
    try
        ets:lookup(?TABLE, Event)
    catch
        error:badarg ->
            logger:warning("pulse is not running: ~p goes unheard", [Event]),
            []
    end.

-spec for_prefix(pulse:event()) -> [#handler{}].
for_prefix(Prefix) ->
    [H || #handler{event = Event} = H <- ets:tab2list(?TABLE), lists:prefix(Prefix, Event)].

init([]) ->
    ?TABLE = ets:new(?TABLE, [duplicate_bag, protected, named_table, {keypos, #handler.event}, {read_concurrency, true}]),
    {ok, #{}}.

handle_call({insert, Id, Events, Function, Config}, _From, State) ->
    case ets:match(?TABLE, #handler{id = Id, event = '$1', _ = '_'}) of
        [] ->
            Handlers = [#handler{id = Id, event = E, function = Function, config = Config} || E <- Events],
            ets:insert(?TABLE, Handlers),
            {reply, ok, State};
        [_ | _] ->
            {reply, {error, already_exists}, State}
    end;
handle_call({delete, Id}, _From, State) ->
    case ets:select_count(?TABLE, [{#handler{id = Id, _ = '_'}, [], [true]}]) of
        0 ->
            {reply, {error, not_found}, State};
        N when N > 0 ->
            ets:match_delete(?TABLE, #handler{id = Id, _ = '_'}),
            {reply, ok, State}
    end.

handle_cast(_Message, State) ->
    {noreply, State}.

handle_info(_Message, State) ->
    {noreply, State}.
