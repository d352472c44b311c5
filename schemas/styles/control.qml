<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.16" styleCategories="Symbology|Labeling" labelsEnabled="1">
  <renderer-v2 type="categorizedSymbol" attr="actor" enableorderby="0" forceraster="0" symbollevels="0">
   <categories>
    <category symbol="0" value="contested" label="Contested" render="true"/>
    <category symbol="1" value="unknown" label="Unknown" render="true"/>
    <category symbol="2" value="syr-mil" label="Government of Syria (to 2024)" render="true"/>
    <category symbol="3" value="syr-mil-2024" label="Government of Syria (from 2024)" render="true"/>
    <category symbol="4" value="opp" label="Opposition" render="true"/>
    <category symbol="5" value="hts" label="Hayat Tahrir al-Sham" render="true"/>
    <category symbol="6" value="sna" label="Syrian National Army and Turkey" render="true"/>
    <category symbol="7" value="sdf" label="Syrian Democratic Forces" render="true"/>
    <category symbol="8" value="is" label="Islamic State" render="true"/>
    <category symbol="9" value="" label="Others" render="true"/>
   </categories>
   <symbols>
    <symbol name="0" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleFill" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="color" type="QString" value="130,130,130,140"/>
       <Option name="joinstyle" type="QString" value="bevel"/>
       <Option name="outline_color" type="QString" value="110,110,110,200"/>
       <Option name="outline_style" type="QString" value="solid"/>
       <Option name="outline_width" type="QString" value="0.26"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="style" type="QString" value="b_diagonal"/>
      </Option>
     </layer>
    </symbol>
    <symbol name="1" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleFill" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="color" type="QString" value="255,255,255,0"/>
       <Option name="joinstyle" type="QString" value="bevel"/>
       <Option name="outline_color" type="QString" value="200,200,200,160"/>
       <Option name="outline_style" type="QString" value="solid"/>
       <Option name="outline_width" type="QString" value="0.26"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="style" type="QString" value="no"/>
      </Option>
     </layer>
    </symbol>
    <symbol name="2" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleFill" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="color" type="QString" value="200,60,60,110"/>
       <Option name="joinstyle" type="QString" value="bevel"/>
       <Option name="outline_color" type="QString" value="200,60,60,190"/>
       <Option name="outline_style" type="QString" value="solid"/>
       <Option name="outline_width" type="QString" value="0.3"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="style" type="QString" value="solid"/>
      </Option>
     </layer>
    </symbol>
    <symbol name="3" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleFill" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="color" type="QString" value="110,170,90,110"/>
       <Option name="joinstyle" type="QString" value="bevel"/>
       <Option name="outline_color" type="QString" value="110,170,90,190"/>
       <Option name="outline_style" type="QString" value="solid"/>
       <Option name="outline_width" type="QString" value="0.3"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="style" type="QString" value="solid"/>
      </Option>
     </layer>
    </symbol>
    <symbol name="4" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleFill" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="color" type="QString" value="70,150,70,110"/>
       <Option name="joinstyle" type="QString" value="bevel"/>
       <Option name="outline_color" type="QString" value="70,150,70,190"/>
       <Option name="outline_style" type="QString" value="solid"/>
       <Option name="outline_width" type="QString" value="0.3"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="style" type="QString" value="solid"/>
      </Option>
     </layer>
    </symbol>
    <symbol name="5" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleFill" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="color" type="QString" value="120,170,120,110"/>
       <Option name="joinstyle" type="QString" value="bevel"/>
       <Option name="outline_color" type="QString" value="120,170,120,190"/>
       <Option name="outline_style" type="QString" value="solid"/>
       <Option name="outline_width" type="QString" value="0.3"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="style" type="QString" value="solid"/>
      </Option>
     </layer>
    </symbol>
    <symbol name="6" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleFill" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="color" type="QString" value="60,160,160,110"/>
       <Option name="joinstyle" type="QString" value="bevel"/>
       <Option name="outline_color" type="QString" value="60,160,160,190"/>
       <Option name="outline_style" type="QString" value="solid"/>
       <Option name="outline_width" type="QString" value="0.3"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="style" type="QString" value="solid"/>
      </Option>
     </layer>
    </symbol>
    <symbol name="7" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleFill" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="color" type="QString" value="225,190,40,110"/>
       <Option name="joinstyle" type="QString" value="bevel"/>
       <Option name="outline_color" type="QString" value="225,190,40,190"/>
       <Option name="outline_style" type="QString" value="solid"/>
       <Option name="outline_width" type="QString" value="0.3"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="style" type="QString" value="solid"/>
      </Option>
     </layer>
    </symbol>
    <symbol name="8" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleFill" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="color" type="QString" value="90,90,90,110"/>
       <Option name="joinstyle" type="QString" value="bevel"/>
       <Option name="outline_color" type="QString" value="90,90,90,190"/>
       <Option name="outline_style" type="QString" value="solid"/>
       <Option name="outline_width" type="QString" value="0.3"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="style" type="QString" value="solid"/>
      </Option>
     </layer>
    </symbol>
    <symbol name="9" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleFill" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="color" type="QString" value="180,180,180,110"/>
       <Option name="joinstyle" type="QString" value="bevel"/>
       <Option name="outline_color" type="QString" value="90,90,90,160"/>
       <Option name="outline_style" type="QString" value="solid"/>
       <Option name="outline_width" type="QString" value="0.3"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="style" type="QString" value="solid"/>
      </Option>
      <data_defined_properties>
       <Option type="Map">
        <Option name="name" type="QString" value=""/>
        <Option name="properties" type="Map">
         <Option name="fillColor" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value='color_hsva((ascii(left("actor", 1)) * 37 + ascii(right("actor", 1)) * 101 + length("actor") * 53) % 360, 45, 85, 45)'/><Option name="type" type="int" value="3"/></Option>
        </Option>
        <Option name="type" type="QString" value="collection"/>
       </Option>
      </data_defined_properties>
     </layer>
    </symbol>
   </symbols>
  </renderer-v2>
  <labeling type="simple">
   <settings calloutType="simple">
    <text-style fieldName="&quot;name_ar&quot; || '\n' || &quot;name&quot;" isExpression="1" fontFamily="Noto Sans" fontSize="9" fontSizeUnit="Point" fontWeight="50" textColor="70,70,70,255" textOpacity="1" multilineHeight="1" namedStyle="Regular">
     <families><family name="Noto Sans"/><family name="Noto Sans Arabic"/><family name="DejaVu Sans"/></families>
     <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,230" bufferOpacity="1" bufferJoinStyle="128"/>
    </text-style>
    <text-format wrapChar="" multilineAlign="1" autoWrapLength="0"/>
    <placement placement="1" dist="1.5" distUnits="MM" priority="5" centroidInside="1" fitInPolygonOnly="0"/>
    <rendering drawLabels="1" obstacle="1" displayAll="0" scaleVisibility="0" mergeLines="0"/>
   </settings>
  </labeling>
</qgis>
